namespace Sandbox.Agent.Uplink;

/// <summary>What a spool's folder holds, seen without holding it: an agent may be writing there.</summary>
/// <param name="Last">Sequence of the newest report; 0: none.</param>
/// <param name="Acknowledged">Highest sequence that the server has.</param>
internal sealed record SpoolGlance(ulong Last, ulong Acknowledged)
{
    /// <summary>Reports that the server has not acknowledged.</summary>
    public ulong Waiting => Last > Acknowledged ? Last - Acknowledged : 0;

    /// <summary>Looks; nothing is changed.</summary>
    public static SpoolGlance At(string folder)
    {
        if (!Directory.Exists(folder)) return new SpoolGlance(0, 0);
        using var books = new SpoolBooks(folder);
        return new SpoolGlance(Segment.In(folder) is [.., var newest] ? LastOf(newest) : 0, books.ReadAcknowledged());
    }

    private static ulong LastOf(Segment segment)
    {
        using var reader = new SegmentReader(segment.Path);
        var last = segment.First - 1;
        for (var size = new FileInfo(segment.Path).Length; reader.Next(size, last, ulong.MaxValue);) last = reader.Sequence;
        return last;
    }
}
