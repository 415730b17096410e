using Sandbox.Protocol;

namespace Sandbox.Evidence;

/// <summary>The latest of each kind of fact that a device has reported.</summary>
public sealed class DeviceFacts
{
    // By the number of their kind: each rule looks one up at each report.
    private static readonly int Kinds = Fact.Descriptor.Oneofs[0].Fields.Max(field => field.FieldNumber) + 1;
    private readonly ReportedFact?[] _byKind = new ReportedFact?[Kinds];
    private readonly TimeSpan[] _unseen = new TimeSpan[Kinds];
    private ReportedFact?[]? _before;
    private (Fact? Services, DeviceRole? Role) _does;

    /// <summary>When the device was last heard of, by the server's clock. Null: never since it was enrolled.</summary>
    public DateTimeOffset? HeardAt { get; set; }

    /// <summary>What people say of the device.</summary>
    public AboutDevice About { get; set; } = AboutDevice.Nothing;

    /// <summary>What the device is for: by the word of people, else by its services. Null: neither is known.</summary>
    public DeviceRole? Role => About.Role ?? ByServices();

    /// <summary>The fact of one kind, or null when none was ever reported.</summary>
    public ReportedFact? this[Fact.KindOneofCase kind] => (uint)kind < (uint)Kinds ? _byKind[(int)kind] : null;

    /// <summary>All facts, in no order.</summary>
    public IReadOnlyCollection<ReportedFact> All => [.. _byKind.OfType<ReportedFact>()];

    /// <summary>The fact that stood in the place of the present one, as far as that is still known. Null: it is not, or there was none.</summary>
    public ReportedFact? Before(Fact.KindOneofCase kind) => (uint)kind < (uint)Kinds ? _before?[(int)kind] : null;

    /// <summary>See <see cref="Finding.Unseen"/>.</summary>
    public TimeSpan Unseen(Fact.KindOneofCase kind) => (uint)kind < (uint)Kinds ? _unseen[(int)kind] : TimeSpan.Zero;

    /// <summary>What is known was judged: <see cref="Unseen"/> begins anew.</summary>
    public void Judged() => Array.Clear(_unseen);

    /// <summary>Puts a fact in the place of the one before.</summary>
    public void Put(ReportedFact fact)
    {
        var kind = (int)fact.Fact.KindCase;
        if (_byKind[kind] is { } before)
        {
            (_before ??= new ReportedFact?[Kinds])[kind] = before;
            Read(kind, before.VerifiedAt, fact.VerifiedAt);
        }
        _byKind[kind] = fact;
    }

    // Asked at each report, and to be found out only when the services are others.
    private DeviceRole? ByServices()
    {
        if (this[Fact.KindOneofCase.Services]?.Fact is not { } services) return null;
        if (!ReferenceEquals(_does.Services, services)) _does = (services, DeviceRoles.Of(services.Services));
        return _does.Role;
    }

    /// <summary>
    /// Notes that the source of a kind was read again and said the same; nothing when the kind was never reported. Reports come in the order
    /// in which they were made, so the newest counts even when its clock says earlier: a clock that ran ahead was set right.
    /// </summary>
    /// <param name="kind">The kind.</param>
    /// <param name="at">The device's clock.</param>
    /// <param name="receivedAt">The server's clock. Null: not known.</param>
    public void Verified(Fact.KindOneofCase kind, DateTimeOffset at, DateTimeOffset? receivedAt = null)
    {
        if (this[kind] is not { } fact) return;
        Read((int)kind, fact.VerifiedAt, at);
        _byKind[(int)kind] = fact with { VerifiedAt = at, ReceivedAt = receivedAt };
    }

    // A clock that was set back tells as little of the time between as one that was set on: so much at most was not seen.
    private void Read(int kind, DateTimeOffset before, DateTimeOffset at)
    {
        var between = (at - before).Duration();
        if (between > _unseen[kind]) _unseen[kind] = between;
    }
}

/// <summary>A fact with its provenance.</summary>
/// <param name="Fact">The fact as reported.</param>
/// <param name="ReportId">Row of the report that brought it.</param>
/// <param name="ChangedAt">When it was read, by the device's clock.</param>
/// <param name="VerifiedAt">When its source was last read and said the same, by the device's clock.</param>
public sealed record ReportedFact(Fact Fact, long ReportId, DateTimeOffset ChangedAt, DateTimeOffset VerifiedAt)
{
    /// <summary>When the report that last verified it arrived, by the server's clock. Null: not known, it was read from the store.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>Whether another fact says exactly the same.</summary>
    public bool SaysTheSameAs(Fact other) => Fact.Equals(other);
}
