using Google.Protobuf;
using Sandbox.Evidence;
using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Policies;
using Sandbox.Protocol;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Assessment;

/// <summary>What a device says, as far as its stream needs it at hand: facts that something reads stand here, whole or <see cref="Condensed"/>.</summary>
internal sealed class KnownFacts
{
    // Newer agents say kinds that this build does not know; a device that makes them up would fill memory and store.
    private const int MostUnknown = 64;
    private static readonly int MostKinds = Enum.GetValues<Fact.KindOneofCase>().Length + MostUnknown;

    // A spool that empties after an outage, or a busy device, verifies the same many times a second: the store keeps such an instant to a second.
    private static readonly TimeSpan AMoment = TimeSpan.FromSeconds(1);

    private readonly DeviceId _device;
    private readonly HashSet<int> _read;
    private readonly UnreadFacts _unread;
    private readonly Dictionary<int, DateTimeOffset> _written = [];

    /// <summary>Goes on where the store is.</summary>
    public KnownFacts(DeviceId device, IReadOnlyList<StoredFact> facts, Policy policy)
    {
        _read = [.. policy.Reads.Concat(Crediting.Reads).Select(kind => (int)kind)];
        (_device, _unread, First) = (device, new UnreadFacts(device), new FirstFacts(device));
        foreach (var stored in facts.Where(fact => fact.Kind < 0)) First.Known(Reported(stored));
        foreach (var stored in facts.Where(fact => fact.Kind > 0)) Know(stored);
    }

    /// <summary>The facts that are read.</summary>
    public DeviceFacts Facts { get; } = new();

    /// <summary>What it said first.</summary>
    public FirstFacts First { get; }

    /// <summary>Takes in a fact; an empty one says nothing new.</summary>
    public Said Take(Fact fact, StoredReport report, StreamWrites writes)
    {
        var kind = FactKind.Of(fact);
        if (kind == 0 || (fact.KindCase == Fact.KindOneofCase.None && _written.Count >= MostKinds && !_written.ContainsKey(kind))) return Said.TheSameAMomentAgo;
        if (!(IsWhole(kind) ? TakeRead(kind, fact, report, writes) : TakeUnread(kind, fact, report))) return Verify(kind, report, writes);
        writes.Verified.Remove(kind);
        _written[kind] = report.CollectedAt;
        writes.Changed = true;
        return Said.Another;
    }

    /// <summary>Notes that a kind was read again and said the same; nothing when it was never reported.</summary>
    public Said Verify(int kind, StoredReport report, StreamWrites writes)
    {
        Facts.Verified((Fact.KindOneofCase)kind, report.CollectedAt, report.ReceivedAt);
        if (writes.Facts.TryGetValue(kind, out var pending)) pending.VerifiedAt = report.CollectedAt;
        else if (!_unread.Verify(kind, report))
        {
            if (!IsNews(kind, report)) return Said.TheSameAMomentAgo;
            writes.Verified[kind] = report.CollectedAt;
        }
        _written[kind] = report.CollectedAt;
        return Said.TheSame;
    }

    /// <summary>Writes what waits for the end of a batch.</summary>
    public void Write(StreamWrites writes) => _unread.Write(writes);

    private bool TakeRead(int kind, Fact fact, StoredReport report, StreamWrites writes)
    {
        if (Facts[fact.KindCase] is { } before && before.SaysTheSameAs(fact)) return false;
        writes.Facts[kind] = new StoredFact
        {
            DeviceId = _device, Kind = kind, ReportId = report.Id, ChangedAt = report.CollectedAt, VerifiedAt = report.CollectedAt, Bytes = fact.ToByteArray(),
        };
        Put(new ReportedFact(fact, report.Id, report.CollectedAt, report.CollectedAt) { ReceivedAt = report.ReceivedAt });
        return true;
    }

    private bool TakeUnread(int kind, Fact fact, StoredReport report)
    {
        if (!_unread.Take(kind, fact, report)) return false;
        if (_read.Contains(kind)) Put(new ReportedFact(Condensed.Of(fact), report.Id, report.CollectedAt, report.CollectedAt) { ReceivedAt = report.ReceivedAt });
        return true;
    }

    // What is read and held whole; the rest is compared by hashes.
    private bool IsWhole(int kind) => _read.Contains(kind) && !Condensed.Is((Fact.KindOneofCase)kind);

    // Also when the device's clock was set back; not of what was never reported.
    private bool IsNews(int kind, StoredReport report) => _written.TryGetValue(kind, out var before) && (report.CollectedAt - before).Duration() >= AMoment;

    private void Know(StoredFact stored)
    {
        _written[stored.Kind] = stored.VerifiedAt;
        if (!IsWhole(stored.Kind)) _unread.Know(stored);
        if (_read.Contains(stored.Kind)) Put(Reported(stored));
    }

    private void Put(ReportedFact fact)
    {
        First.Take(fact);
        Facts.Put(fact);
    }

    private static ReportedFact Reported(StoredFact stored) => new(Condensed.Of(Fact.Parser.ParseFrom(stored.Bytes)), stored.ReportId, stored.ChangedAt, stored.VerifiedAt);
}
