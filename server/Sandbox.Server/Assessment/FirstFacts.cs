using Google.Protobuf;
using Sandbox.Evidence;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Assessment;

/// <summary>What an apprentice's device said first of each kind that crediting compares with: kept for good, under the kind's number below zero.</summary>
internal sealed class FirstFacts(DeviceId device)
{
    private readonly List<ReportedFact> _unwritten = [];

    /// <summary>The first facts.</summary>
    public DeviceFacts Facts { get; } = new();

    /// <summary>Takes one from the store.</summary>
    public void Known(ReportedFact fact) => Facts.Put(fact);

    /// <summary>Takes what a device says, when it is the first of its kind that can serve.</summary>
    public void Take(ReportedFact fact)
    {
        if (Facts[fact.Fact.KindCase] is not null || !Crediting.CanBegin(fact.Fact)) return;
        Facts.Put(fact);
        _unwritten.Add(fact);
    }

    /// <summary>Writes what is not stored yet.</summary>
    public void Write(StreamWrites writes)
    {
        foreach (var fact in _unwritten)
        {
            var kind = -(int)fact.Fact.KindCase;
            writes.Facts[kind] = new StoredFact
            {
                DeviceId = device, Kind = kind, ReportId = fact.ReportId, ChangedAt = fact.ChangedAt, VerifiedAt = fact.VerifiedAt, Bytes = fact.Fact.ToByteArray(),
            };
        }
        _unwritten.Clear();
    }
}
