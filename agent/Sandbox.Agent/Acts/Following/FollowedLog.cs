using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Acts.Following;

/// <summary>
/// Reads what came into a log since the last time, through rotation by renaming, by copying and cutting, and by compressing. A line that is not
/// ended yet waits. Memory is one buffer, whatever the log holds.
/// </summary>
internal sealed class FollowedLog(RootFolder root, string path, ITakesRecords records, Quota quota)
{
    // One run reads no more, so that it ends in time; the next one goes on.
    private const long MostBytes = 8 << 20;

    // What a run without a remembered place shows.
    private const long Glance = 256 * 1024;
    private long _read;

    /// <summary>There may be more that this run did not get to.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Why the log cannot be read. Null: it can be, or it is not there.</summary>
    public Unseen? Unseen { get; private set; }

    /// <summary>Where a log is begun that was never read: at its end, or shortly before that to have a look at it.</summary>
    public LogPlace Begin(bool glance)
    {
        var at = root.Resolve(path);
        if (FileState.Of(at) is not { IsRegular: true, Size: > 0 and var size } state) return LogPlace.Absent;
        var from = glance ? Math.Max(0, size - Glance) : size;
        try
        {
            using var file = RegularFile.Open(at);
            var before = new byte[(int)Math.Min(LogPlace.Remembered, from)];
            var got = RandomAccess.Read(file, before, from - before.Length);
            if (got < before.Length) return LogPlace.Absent;
            return new LogPlace(state.Inode, from, LogPlace.Mark(before), Skipping: from > 0 && before[^1] != '\n');
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Unseen = Why.Of(path, fault);
            return LogPlace.Absent;
        }
    }

    /// <summary>Reads on from the place.</summary>
    /// <returns>The place behind what was read.</returns>
    public LogPlace Read(LogPlace place, CancellationToken ct)
    {
        try
        {
            return ReadOn(place, ct);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Unseen = Why.Of(path, fault);
            return place;
        }
    }

    private LogPlace ReadOn(LogPlace place, CancellationToken ct)
    {
        var at = root.Resolve(path);
        if (FileState.Of(at) is not { IsRegular: true } state) return place;
        if (state.Inode == place.Inode)
        {
            using var same = LogFile.OpenAt(at, place);
            if (same is not null) return Take(same, place, ct);
        }
        place = Rest(place, ct);
        if (HasMore) return place;
        var beginning = LogPlace.BeginningOf(state.Inode);
        using var next = LogFile.OpenAt(at, beginning);
        return next is null ? place : Take(next, LogPlace.BeginningOf(next.Inode), ct);
    }

    // What was written between the last look and the rotation, and the files that came and went since.
    private LogPlace Rest(LogPlace place, CancellationToken ct)
    {
        if (place.Inode == 0) return place;
        var found = false;
        foreach (var file in RotatedLogs.Of(root, path))
        {
            using var rest = Next(file, place, found);
            if (rest is null) continue;
            place = Take(rest, found ? LogPlace.BeginningOf(rest.Inode) : place, ct);
            found = true;
            if (HasMore) return place;
        }
        return place;
    }

    private static LogFile? Next(string file, LogPlace place, bool found)
    {
        if (found) return LogFile.OpenAt(file, LogPlace.BeginningOf(0));
        // Nothing read of it yet: only its number can tell which file that was.
        if (place.Offset == 0 && FileState.Of(file)?.Inode != place.Inode) return null;
        return LogFile.OpenAt(file, place);
    }

    private LogPlace Take(LogFile file, LogPlace place, CancellationToken ct)
    {
        using var buffer = new PooledBytes(records.Longest);
        var (bytes, have, offset, skipping) = (buffer.Array.AsMemory(0, records.Longest), 0, place.Offset, place.Skipping);
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            HasMore = quota.IsFull || _read >= MostBytes;
            var got = HasMore ? 0 : file.Read(bytes.Span[have..]);
            if (got == 0) return new LogPlace(file.Inode, offset, LogPlace.Mark(file.Before), skipping);
            have += got;
            var taken = One(bytes.Span[..have], new RecordPlace(RootFolder.Shown(path), file.Inode, offset), ref skipping);
            file.Taken(bytes.Span[..taken]);
            bytes[taken..have].CopyTo(bytes);
            (have, offset, _read) = (have - taken, offset + taken, _read + taken);
        }
    }

    private int One(ReadOnlySpan<byte> bytes, RecordPlace at, ref bool skipping)
    {
        if (skipping)
        {
            var end = bytes.IndexOf((byte)'\n');
            if (end < 0) return bytes.Length;
            skipping = false;
            // What is behind it may be whole already: nothing more need come to it.
            var rest = bytes[(end + 1)..];
            return end + 1 + (rest.IsEmpty ? 0 : records.Take(rest, at.Plus(end + 1), cut: false));
        }
        var taken = records.Take(bytes, at, cut: false);
        if (taken > 0 || bytes.Length < records.Longest) return taken;
        skipping = true;
        taken = records.Take(bytes, at, cut: true);
        return taken;
    }
}
