using Google.Protobuf;
using Sandbox.Protocol;

namespace Sandbox.Agent.Uplink;

/// <summary>
/// Reports on their way to the server, in append-only segments. Life of a report: appended (durable), read by the uplink, acknowledged by the
/// server, deleted with its segment. One process at a time; safe for one writer beside any number of readers.
/// </summary>
internal sealed class Spool : IDisposable
{
    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly SpoolLimits _limits;
    private readonly FileStream _hold;
    private readonly SpoolBooks _books;
    private readonly List<Gap> _gaps = [];
    private List<Segment> _segments;
    private SegmentWriter? _newest;

    private Spool(string folder, SpoolLimits limits, FileStream hold)
    {
        (_folder, _limits, _hold, _books) = (folder, limits, hold, new SpoolBooks(folder));
        Epoch = _books.EnsureEpoch();
        Acknowledged = _books.ReadAcknowledged();
        var found = SpoolRecovery.Of(folder, Epoch, Acknowledged);
        (_segments, LastReport) = (found.Segments, found.LastReport);
        _gaps.AddRange(found.Gaps);
        Last = _segments.Count == 0 ? 0 : _segments[^1].Last;
        if (Last < Acknowledged || (Last == 0 && found.Gaps.Count > 0)) StartOver();
        else if (_segments.Count > 0) _newest = SegmentWriter.GoOn(_segments[^1]);
        if (LastReport is not null) Offered = (Last, SignedReport.Parser.ParseFrom(LastReport).Report);
        Carried = new CarriedReports(folder);
        if (_books.IsCopied) BeginEpoch();
        _books.Settle();
    }

    /// <summary>16 random bytes, made with the spool.</summary>
    public byte[] Epoch { get; private set; }

    /// <summary>Sequence of the newest report; 0 when there is none yet.</summary>
    public ulong Last { get; private set; }

    /// <summary>The newest SignedReport; null when there is none yet.</summary>
    public byte[]? LastReport { get; private set; }

    /// <summary>Highest sequence that the server has, as far as is known here.</summary>
    public ulong Acknowledged { get; private set; }

    /// <summary>
    /// The newest report that was handed to a stream, or lay here when the spool was opened; 0: none. Nobody who is not a copy of this spool, or its
    /// former self, can have brought the server further.
    /// </summary>
    public (ulong Sequence, ByteString? Report) Offered { get; private set; }

    /// <summary>Reports of epochs before that the server did not acknowledge, to be written anew.</summary>
    public CarriedReports Carried { get; }

    /// <summary>Bytes of all segments, of what an epoch before has left as well.</summary>
    public long Bytes
    {
        get { lock (_lock) return _segments.Sum(s => s.Length) + Carried.Bytes; }
    }

    /// <summary>Whether there are losses that no report has told of yet.</summary>
    public bool HasGaps
    {
        get { lock (_lock) return _gaps.Count > 0; }
    }

    /// <summary>The most that <see cref="Bytes"/> may be.</summary>
    public long LimitBytes => _limits.TotalBytes;

    /// <summary>Beats after every append.</summary>
    public Pulse Appended { get; } = new();

    /// <summary>Opens the spool of a folder, or makes one.</summary>
    /// <exception cref="SetupException">Another process holds it, or it cannot be written.</exception>
    public static Spool Open(string folder, SpoolLimits? limits = null)
    {
        FileStream? hold = null;
        try
        {
            DurableFile.CreateFolder(folder);
            hold = SpoolHold.Take(folder);
            return new Spool(folder, limits ?? new SpoolLimits(), hold);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            hold?.Dispose();
            throw new SetupException(
                $"The spool {folder} cannot be opened: {fault.Message} Make the folder writable for the user who runs the agent, or its disk: sudo mount -o remount,rw MOUNTPOINT");
        }
    }

    /// <summary>Keeps every other process out of a spool until it is disposed.</summary>
    /// <exception cref="SetupException">Another process has it.</exception>
    public static IDisposable HoldIn(string folder)
    {
        DurableFile.CreateFolder(folder);
        return SpoolHold.Take(folder);
    }

    /// <summary>Drops the oldest segments until the bytes fit, except the newest; what had not been delivered becomes a gap.</summary>
    public void MakeRoom(long bytes)
    {
        lock (_lock)
        {
            var carried = Carried.Bytes;
            while (_segments.Count > 1 && _segments.Sum(s => s.Length) + carried + bytes > _limits.TotalBytes)
            {
                var (oldest, first) = (_segments[0], Math.Max(_segments[0].First, Acknowledged + 1));
                Drop(oldest);
                if (first <= oldest.Last)
                    _gaps.Add(new Gap { Cause = Gap.Types.Cause.SpoolFull, FirstSequence = first, LastSequence = oldest.Last });
                DurableFolder.Sync(_folder);
            }
        }
    }

    /// <summary>Losses that no report has told of yet; they are the caller's from now on.</summary>
    public IReadOnlyList<Gap> TakeGaps()
    {
        lock (_lock)
        {
            IReadOnlyList<Gap> taken = [.. _gaps];
            _gaps.Clear();
            return taken;
        }
    }

    /// <summary>Makes SignedReports durable with one flush, as the sequences after <see cref="Last"/>: all of them, or none when it throws.</summary>
    /// <exception cref="IOException">The disk is full or failing; the spool is as it was before.</exception>
    public void Append(IReadOnlyList<byte[]> reports)
    {
        lock (_lock)
        {
            var first = Last + 1;
            var frames = Frame.Of(first, reports);
            if (_newest is { } newest && newest.Segment.Length < _limits.SegmentBytes) newest.Write(frames);
            else Roll(first, frames);
            Last += (ulong)reports.Count;
            (_newest!.Segment.Last, LastReport) = (Last, reports[^1]);
        }

        Appended.Beat();
    }

    /// <summary>The server has everything up to here: whole segments of it go, except the newest.</summary>
    public void Acknowledge(ulong sequence)
    {
        lock (_lock)
        {
            if (sequence <= Acknowledged) return;
            SetAcknowledged(Math.Min(sequence, Last));
            if (_segments.Count < 2 || _segments[0].Last > Acknowledged) return;
            while (_segments.Count > 1 && _segments[0].Last <= Acknowledged) Drop(_segments[0]);
            DurableFolder.Sync(_folder);
        }
    }

    /// <summary>The server knows less than it once acknowledged (it was restored): what is still here counts as undelivered again.</summary>
    public void Unacknowledge(ulong sequence)
    {
        lock (_lock)
        {
            if (sequence < Acknowledged) SetAcknowledged(sequence);
        }
    }

    /// <summary>A report goes to a stream.</summary>
    public void Offer(ulong sequence, ByteString report)
    {
        lock (_lock)
        {
            if (sequence > Offered.Sequence) Offered = (sequence, report);
        }
    }

    /// <summary>
    /// Begins a new epoch. For a folder that was set back or copied: going on would give sequences that the server already has a second meaning.
    /// What was not acknowledged is kept in <see cref="Carried"/>, to be written anew.
    /// </summary>
    /// <exception cref="IOException">The disk is full or failing.</exception>
    public void BeginEpoch()
    {
        lock (_lock)
        {
            Carried.Take(_segments, Epoch, Acknowledged);
            Empty();
        }
    }

    /// <summary>Begins a new epoch after damage, with nothing in it but the word of a loss.</summary>
    public void StartOver()
    {
        lock (_lock)
        {
            foreach (var segment in _segments) File.Delete(segment.Path);
            Empty();
            _gaps.Clear();
            _gaps.Add(new Gap { Cause = Gap.Types.Cause.SpoolDamaged });
        }
    }

    /// <summary>The segment that holds a sequence or, when that is gone, the next one; null when there is nothing so high yet.</summary>
    public (Segment Segment, long Limit, ulong Last)? Find(ulong sequence)
    {
        lock (_lock)
        {
            var found = _segments.Find(s => s.Last >= sequence);
            return found is null ? null : (found, found.Length, found.Last);
        }
    }

    /// <summary>The bytes of a report that still lies here. Null: it does not.</summary>
    public ByteString? ReportAt(ulong sequence)
    {
        if (sequence == 0) return null;
        using var reader = new SpoolReader(this, sequence);
        return reader.TryNext(out var found, out var signed) && found == sequence ? SignedReport.Parser.ParseFrom(signed.Span).Report : null;
    }

    public void Dispose()
    {
        _newest?.Dispose();
        _books.Dispose();
        _hold.Dispose();
    }

    private void Empty()
    {
        _newest?.Dispose();
        _newest = null;
        Epoch = _books.NewEpoch();
        (_segments, Last, LastReport, Acknowledged, Offered) = ([], 0, null, 0, (0, null));
    }

    private void Roll(ulong first, byte[] frames)
    {
        var begun = SegmentWriter.Begin(_folder, Epoch, first, frames);
        _newest?.Dispose();
        _newest = begun;
        _segments.Add(begun.Segment);
    }

    private void Drop(Segment segment)
    {
        // In this order: when it cannot be deleted it is still there, and no loss.
        File.Delete(segment.Path);
        _segments.Remove(segment);
    }

    private void SetAcknowledged(ulong sequence)
    {
        Acknowledged = sequence;
        try
        {
            _books.WriteAcknowledged(sequence);
        }
        catch (IOException)
        {
            // A full disk: after a restart the server says it again.
        }
    }
}
