using Sandbox.Protocol;

namespace Sandbox.Evidence;

/// <summary>The latest of each kind of fact that a device has reported.</summary>
public sealed class DeviceFacts
{
    private readonly Dictionary<Fact.KindOneofCase, ReportedFact> _byKind = [];

    /// <summary>The fact of one kind, or null when none was ever reported.</summary>
    public ReportedFact? this[Fact.KindOneofCase kind] => _byKind.GetValueOrDefault(kind);

    /// <summary>All facts, in no order.</summary>
    public IReadOnlyCollection<ReportedFact> All => _byKind.Values;

    /// <summary>Puts a fact in the place of the one before.</summary>
    public void Put(ReportedFact fact) => _byKind[fact.Fact.KindCase] = fact;

    /// <summary>
    /// Notes that the source of a kind was read again and said the same; nothing when the kind was never reported. Reports come in the order
    /// in which they were made, so the newest counts even when its clock says earlier: a clock that ran ahead was set right.
    /// </summary>
    public void Verified(Fact.KindOneofCase kind, DateTimeOffset at)
    {
        if (_byKind.TryGetValue(kind, out var fact)) _byKind[kind] = fact with { VerifiedAt = at };
    }
}

/// <summary>A fact with its provenance.</summary>
/// <param name="Fact">The fact as reported.</param>
/// <param name="ReportId">Row of the report that brought it.</param>
/// <param name="ChangedAt">When it was read, by the device's clock.</param>
/// <param name="VerifiedAt">When its source was last read and said the same, by the device's clock.</param>
public sealed record ReportedFact(Fact Fact, long ReportId, DateTimeOffset ChangedAt, DateTimeOffset VerifiedAt)
{
    /// <summary>Whether another fact says exactly the same.</summary>
    public bool SaysTheSameAs(Fact other) => Fact.Equals(other);
}
