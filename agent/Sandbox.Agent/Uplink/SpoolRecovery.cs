using Sandbox.Protocol;

namespace Sandbox.Agent.Uplink;

/// <summary>What a spool's folder holds after the last process ended, however it ended: the torn tail cut, damage turned into gaps.</summary>
internal sealed class SpoolRecovery
{
    private readonly List<Gap> _gaps = [];
    private readonly ulong _acknowledged;
    private ulong _last;

    private SpoolRecovery(ulong acknowledged) => _acknowledged = acknowledged;

    /// <summary>Segments that hold at least one whole report, oldest first.</summary>
    public List<Segment> Segments { get; } = [];

    /// <summary>What is missing above the acknowledged sequence.</summary>
    public IReadOnlyList<Gap> Gaps => _gaps;

    /// <summary>The newest SignedReport; null when there is none.</summary>
    public byte[]? LastReport { get; private set; }

    /// <summary>Reads the folder and cuts what was torn.</summary>
    public static SpoolRecovery Of(string folder, byte[] epoch, ulong acknowledged)
    {
        var recovery = new SpoolRecovery(acknowledged);
        var found = Segment.In(folder);
        foreach (var stale in found.Where(s => s.ReadEpoch() is { } other && !other.AsSpan().SequenceEqual(epoch)).ToList())
        {
            File.Delete(stale.Path);
            found.Remove(stale);
        }

        for (var i = 0; i < found.Count; i++) recovery.Read(found[i], i + 1 < found.Count ? found[i + 1].First : null);
        recovery.CutTail();
        return recovery;
    }

    private void Read(Segment segment, ulong? next)
    {
        using var reader = new SegmentReader(segment.Path);
        var expected = Segments.Count == 0 ? segment.First : _last + 1;
        _last = expected - 1;
        var size = new FileInfo(segment.Path).Length;
        while (reader.Next(size, _last, next ?? ulong.MaxValue))
        {
            Missing(_last + 1, reader.Sequence - 1);
            _last = segment.Last = reader.Sequence;
            if (next is null) LastReport = reader.Payload.ToArray();
        }

        segment.Length = reader.EndOfWhole;
        if (segment.Last > 0) Segments.Add(segment);
        else File.Delete(segment.Path);
        if (next is { } following)
        {
            Missing(_last + 1, following - 1);
            _last = following - 1;
        }
        else if (segment.Length < size || segment.Last == 0)
        {
            Torn();
        }
    }

    // What was torn had no acknowledged sequence of its own: the next report takes its place.
    private void Torn() => _gaps.Add(new Gap { Cause = Gap.Types.Cause.SpoolDamaged });

    private void Missing(ulong first, ulong last)
    {
        first = Math.Max(first, _acknowledged + 1);
        if (first > last) return;
        _gaps.Add(new Gap { Cause = Gap.Types.Cause.SpoolDamaged, FirstSequence = first, LastSequence = last });
    }

    // What lies behind the last whole report goes, and what is whole becomes durable before anybody sends it.
    private void CutTail()
    {
        if (Segments.Count == 0) return;
        var newest = Segments[^1];
        using var file = DurableFile.Create(newest.Path, FileMode.Open, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.SetLength(file.SafeFileHandle, newest.Length);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
        DurableFolder.Sync(Path.GetDirectoryName(newest.Path)!);
        LastReport ??= ReadLast(newest);
    }

    private static byte[]? ReadLast(Segment segment)
    {
        using var reader = new SegmentReader(segment.Path);
        byte[]? last = null;
        while (reader.Next(segment.Length, 0, ulong.MaxValue)) last = reader.Payload.ToArray();
        return last;
    }
}
