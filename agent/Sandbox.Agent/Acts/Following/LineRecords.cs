namespace Sandbox.Agent.Acts.Following;

/// <summary>Reads one line, without its end.</summary>
/// <returns>False: there is no room for more; the line has been read all the same.</returns>
internal delegate bool ReadLine(ReadOnlySpan<byte> line, RecordPlace at);

/// <summary>Logs whose records are lines.</summary>
internal sealed class LineRecords(ReadLine read) : ITakesRecords
{
    /// <summary>syslog's and audit's longest records are 8 KiB; what we read of longer ones stands at their beginning.</summary>
    public int Longest => 64 * 1024;

    public int Take(ReadOnlySpan<byte> bytes, RecordPlace at, bool cut)
    {
        if (cut)
        {
            read(bytes, at);
            return bytes.Length;
        }
        var taken = 0;
        while (bytes[taken..].IndexOf((byte)'\n') is >= 0 and var end)
        {
            var goOn = read(bytes.Slice(taken, end), at.Plus(taken));
            taken += end + 1;
            if (!goOn) break;
        }
        return taken;
    }
}
