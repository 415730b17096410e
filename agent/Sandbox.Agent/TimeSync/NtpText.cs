using Sandbox.Protocol;

namespace Sandbox.Agent.TimeSync;

/// <summary>The lines that chrony.conf(5) and ntp.conf(5) share: <c>server NAME [option ...]</c>, and what leads to other files.</summary>
internal static class NtpText
{
    /// <summary>A line in words; comments and empty lines have none.</summary>
    public static IEnumerable<(string[] Words, uint Line)> Lines(string text)
    {
        var number = 0u;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && words[0][0] is not ('#' or '!' or ';' or '%')) yield return (words, number);
        }
    }

    /// <summary>Null: the line names no source.</summary>
    public static TimeSource? Source(string[] words, string path, uint line)
    {
        if (words is not [var directive, var address, .. var options]) return null;
        var kind = directive.ToLowerInvariant();
        if (kind is not ("server" or "pool" or "peer" or "refclock")) return null;
        // ntpd: server -4 NAME.
        if (kind != "refclock" && address is "-4" or "-6" && options is [var named, ..]) address = named;
        if (kind == "refclock" && options is [var parameter, ..]) address += $" {parameter}";
        var authenticated = options.Any(option => option.ToLowerInvariant() is "nts" or "key" or "autokey");
        return new TimeSource { Address = address, Kind = kind, Authenticated = authenticated, Path = path, Line = line };
    }
}
