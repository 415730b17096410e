using System.Globalization;
using System.Text;

namespace Sandbox.Agent.Acts.Syslog;

/// <summary>One line of auth.log or syslog: time, host, program with its process, text.</summary>
/// <param name="At">When; lines of RFC 3164 have no year and no zone.</param>
/// <param name="Program">The tag, which the sender chose.</param>
/// <param name="Pid">In brackets behind the tag. Null: not said.</param>
/// <param name="Text">The rest, blanks in front included.</param>
internal sealed record SyslogLine(DateTimeOffset At, string Program, uint? Pid, string Text)
{
    private const int StampLength = 15;

    /// <summary>Reads a line. Null: it is none of syslog's.</summary>
    public static SyslogLine? Parse(ReadOnlySpan<byte> bytes, LogClock clock)
    {
        var line = Encoding.UTF8.GetString(bytes).AsSpan().TrimEnd("\r\0");
        if (!Stamp(ref line, clock, out var at)) return null;
        var host = line.IndexOf(' ');
        if (host <= 0) return null;
        line = line[(host + 1)..];
        var colon = line.IndexOf(':');
        if (colon <= 0 || line[..colon].Contains(' ')) return null;
        var (program, pid) = Tag(line[..colon]);
        var text = line[(colon + 1)..];
        return new SyslogLine(at, program, pid, (text.StartsWith(" ") ? text[1..] : text).ToString());
    }

    /// <summary>Splits <c>useradd[18029]</c>.</summary>
    public static (string Program, uint? Pid) Tag(ReadOnlySpan<char> tag)
    {
        if (tag.IndexOf('[') is not (> 0 and var open) || tag[^1] != ']') return (tag.ToString(), null);
        return (tag[..open].ToString(), uint.TryParse(tag[(open + 1)..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : null);
    }

    private static bool Stamp(ref ReadOnlySpan<char> line, LogClock clock, out DateTimeOffset at)
    {
        at = default;
        if (line.Length < StampLength + 2) return false;
        if (char.IsAsciiDigit(line[0]))
        {
            var end = line.IndexOf(' ');
            if (end < 0 || !DateTimeOffset.TryParse(line[..end], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at)) return false;
            line = line[(end + 1)..];
            return true;
        }
        if (clock.WithoutYear(line[..StampLength]) is not { } local || line[StampLength] != ' ') return false;
        at = local;
        line = line[(StampLength + 1)..];
        return true;
    }
}
