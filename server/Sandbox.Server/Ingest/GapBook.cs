using Sandbox.Protocol;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Ingest;

/// <summary>
/// The stretches of one epoch that are missing. A jump of the sequence makes a gap; what the agent declares only names its cause. So each
/// lost report stands in one gap, and what the agent believes lost but the server has (its acknowledgement was lost) stands in none.
/// </summary>
internal sealed class GapBook(DeviceId device, byte[] epoch, IReadOnlyList<ReportGap> unexplained)
{
    private readonly List<ReportGap> _unexplained = [.. unexplained];

    /// <summary>Reports from <paramref name="first"/> to <paramref name="last"/> were jumped over.</summary>
    public void Jumped(long first, long last, StreamWrites writes, DateTimeOffset now)
    {
        if (_unexplained.Count >= DeviceRecord.MostUnexplained) _unexplained.RemoveAt(0);
        Keep(new ReportGap { DeviceId = device, Epoch = epoch, FirstSequence = first, LastSequence = last, NoticedAt = now }, writes);
    }

    /// <summary>The agent says what became of some reports.</summary>
    public void Declared(Gap gap, StreamWrites writes, DateTimeOffset now)
    {
        if (!gap.HasFirstSequence)
        {
            writes.Gaps.Add(Explained(gap, null, null, now));
            return;
        }
        var (first, last) = ((long)gap.FirstSequence, (long)gap.LastSequence);
        foreach (var row in _unexplained.FindAll(row => row.FirstSequence <= last && row.LastSequence >= first)) Explain(row, gap, writes);
    }

    private void Explain(ReportGap row, Gap gap, StreamWrites writes)
    {
        var (from, to) = (row.FirstSequence!.Value, row.LastSequence!.Value);
        var (first, last) = (Math.Max(from, (long)gap.FirstSequence), Math.Min(to, (long)gap.LastSequence));
        _unexplained.Remove(row);
        if (!writes.Gaps.Remove(row)) writes.ForgottenGaps.Add(from);
        if (from < first) Keep(Piece(row, from, first - 1), writes);
        writes.Gaps.Add(Explained(gap, first, last, row.NoticedAt));
        if (last < to) Keep(Piece(row, last + 1, to), writes);
    }

    private void Keep(ReportGap row, StreamWrites writes)
    {
        _unexplained.Add(row);
        writes.Gaps.Add(row);
    }

    private static ReportGap Piece(ReportGap row, long first, long last) =>
        new() { DeviceId = row.DeviceId, Epoch = row.Epoch, FirstSequence = first, LastSequence = last, NoticedAt = row.NoticedAt };

    private ReportGap Explained(Gap gap, long? first, long? last, DateTimeOffset noticedAt) => new()
    {
        DeviceId = device,
        Epoch = epoch,
        FirstSequence = first,
        LastSequence = last,
        Cause = gap.Cause,
        NoticedAt = noticedAt,
        LostFrom = gap.From?.ToDateTimeOffset(),
        LostTo = gap.To?.ToDateTimeOffset(),
    };
}
