using System.Text;
using Sandbox.Agent.Acts.Following;

namespace Sandbox.Agent.Acts.Apt;

/// <summary>apt's history.log. A run is taken when it is over; what is known of one under way is that it is.</summary>
internal sealed class AptHistory(ActRun run) : ITakesRecords
{
    public const string Path = "var/log/apt/history.log";

    private static ReadOnlySpan<byte> Beginning => "Start-Date:"u8;

    private static ReadOnlySpan<byte> Ending => "\nEnd-Date:"u8;

    // An upgrade of 3,000 packages is a line of 250 KB.
    public int Longest => 1 << 20;

    public int Take(ReadOnlySpan<byte> bytes, RecordPlace at, bool cut)
    {
        var taken = 0;
        while (!cut && bytes[taken..].IndexOf(Ending) is >= 0 and var end)
        {
            var line = bytes[(taken + end + 1)..].IndexOf((byte)'\n');
            if (line < 0) break;
            var stanza = bytes.Slice(taken, end + 1 + line);
            taken += stanza.Length + 1;
            if (!Read(stanza)) return taken;
        }
        run.Apt.OpenSince = bytes[taken..].IndexOf(Beginning) is >= 0 and var open ? new AptStanza(Encoding.UTF8.GetString(FirstLines(bytes[(taken + open)..])), run.Clock).Start : null;
        return cut ? bytes.Length : taken;
    }

    private bool Read(ReadOnlySpan<byte> text)
    {
        // One that was broken off, by a power cut, has no end; the last beginning is that of this end.
        if (text.LastIndexOf(Beginning) is not (>= 0 and var start)) return true;
        var stanza = new AptStanza(Encoding.UTF8.GetString(text[start..]), run.Clock);
        if (stanza is { Start: { } from, End: { } to }) run.Apt.Ended(from, to);
        return stanza.Act() is not { } act || run.Take(act);
    }

    private static ReadOnlySpan<byte> FirstLines(ReadOnlySpan<byte> bytes) => bytes.Length > 200 ? bytes[..200] : bytes;
}
