using System.Text;
using Sandbox.Agent.Acts.Following;

namespace Sandbox.Agent.Acts.Sudo;

/// <summary>
/// sudo's log file with <c>Defaults logfile=...,log_format=json</c>: one object over many lines whose end is overwritten each time an event is added. So
/// only whole events are taken, and never what is behind the last one.
/// </summary>
internal sealed class SudoJsonLog(ActRun run) : ITakesRecords
{
    /// <summary>Where to look: sudoers(5) has no default for JSON.</summary>
    public static readonly string[] Paths = ["var/log/sudo.json", "var/log/sudo.log"];

    public int Longest => 256 * 1024;

    public int Take(ReadOnlySpan<byte> bytes, RecordPlace at, bool cut)
    {
        if (cut) return bytes.Length;
        var taken = 0;
        while (Next(bytes[taken..], out var name, out var value))
        {
            var kind = Encoding.UTF8.GetString(bytes[taken..][name]);
            var json = bytes[taken..][value];
            var act = SudoJson.Of(kind, json, at.Plus(taken).ToString());
            taken += value.End.Value;
            if (act is not null && !run.Take(act)) break;
        }
        return taken;
    }

    // "name": { ... }, wherever it begins: what is in front of it (an opening brace, a comma) says nothing.
    private static bool Next(ReadOnlySpan<byte> bytes, out Range name, out Range value)
    {
        (name, value) = (default, default);
        if (bytes.IndexOf((byte)'"') is not (>= 0 and var open)) return false;
        var length = bytes[(open + 1)..].IndexOf((byte)'"');
        if (length < 0) return false;
        var rest = open + length + 2;
        if (bytes[rest..].IndexOf((byte)'{') is not (>= 0 and var brace)) return false;
        var start = rest + brace;
        if (Closing(bytes[start..]) is not (> 0 and var end)) return false;
        (name, value) = ((open + 1)..(open + 1 + length), start..(start + end));
        return true;
    }

    // Length up to the brace that closes the first one; 0: it is not there yet.
    private static int Closing(ReadOnlySpan<byte> bytes)
    {
        var (depth, quoted) = (0, false);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '\\' && quoted) i++;
            else if (bytes[i] == '"') quoted = !quoted;
            else if (quoted) continue;
            else if (bytes[i] == '{') depth++;
            else if (bytes[i] == '}' && --depth == 0) return i + 1;
        }
        return 0;
    }
}
