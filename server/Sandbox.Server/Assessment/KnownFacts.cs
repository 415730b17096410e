using System.Security.Cryptography;
using Google.Protobuf;
using Sandbox.Evidence;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Assessment;

/// <summary>
/// What a device says, as far as its stream needs it at hand: facts that something reads stand here whole, all others as a hash that tells
/// whether the next one says the same.
/// </summary>
internal sealed class KnownFacts
{
    private static readonly HashSet<int> Read = [.. LabDefault.Reads.Concat(Crediting.Reads).Select(kind => (int)kind)];

    private readonly DeviceId _device;
    private readonly Dictionary<int, byte[]> _hashes = [];

    /// <summary>Goes on where the store is.</summary>
    public KnownFacts(DeviceId device, IReadOnlyList<StoredFact> facts)
    {
        _device = device;
        First = new FirstFacts(device);
        foreach (var stored in facts.Where(fact => fact.Kind < 0)) First.Known(Reported(stored));
        foreach (var stored in facts.Where(fact => fact.Kind > 0)) Know(stored);
    }

    /// <summary>The facts that are read.</summary>
    public DeviceFacts Facts { get; } = new();

    /// <summary>What it said first.</summary>
    public FirstFacts First { get; }

    /// <summary>Takes in a fact; true: it says something else than the one before.</summary>
    public bool Take(Fact fact, StoredReport report, StreamWrites writes)
    {
        var isRead = Read.Contains((int)fact.KindCase);
        if (isRead && Facts[fact.KindCase] is { } before && before.SaysTheSameAs(fact)) return Verify((int)fact.KindCase, report, writes);
        var bytes = fact.ToByteArray();
        var kind = FactKind.Of(fact, bytes);
        if (kind == 0 || (!isRead && SaysTheSame(kind, bytes))) return kind != 0 && Verify(kind, report, writes);

        writes.Verified.Remove(kind);
        writes.Facts[kind] = new StoredFact
        {
            DeviceId = _device, Kind = kind, ReportId = report.Id, ChangedAt = report.CollectedAt, VerifiedAt = report.CollectedAt, Bytes = bytes,
        };
        writes.Changed = true;
        if (isRead) Put(new ReportedFact(fact, report.Id, report.CollectedAt, report.CollectedAt) { ReceivedAt = report.ReceivedAt });
        return true;
    }

    /// <summary>Notes that a kind was read again and said the same; always false.</summary>
    public bool Verify(int kind, StoredReport report, StreamWrites writes)
    {
        Facts.Verified((Fact.KindOneofCase)kind, report.CollectedAt, report.ReceivedAt);
        if (writes.Facts.TryGetValue(kind, out var pending)) pending.VerifiedAt = report.CollectedAt;
        else writes.Verified[kind] = report.CollectedAt;
        return false;
    }

    private bool SaysTheSame(int kind, byte[] bytes)
    {
        var hash = SHA256.HashData(bytes);
        var same = _hashes.TryGetValue(kind, out var before) && hash.AsSpan().SequenceEqual(before);
        _hashes[kind] = hash;
        return same;
    }

    private void Know(StoredFact stored)
    {
        if (Read.Contains(stored.Kind)) Put(Reported(stored));
        else _hashes[stored.Kind] = SHA256.HashData(stored.Bytes);
    }

    private void Put(ReportedFact fact)
    {
        First.Take(fact);
        Facts.Put(fact);
    }

    private static ReportedFact Reported(StoredFact stored) => new(Fact.Parser.ParseFrom(stored.Bytes), stored.ReportId, stored.ChangedAt, stored.VerifiedAt);
}
