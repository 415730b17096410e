using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Policies;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting;

/// <summary>All that crediting knows of a device at one instant.</summary>
public sealed record DeviceCase
{
    /// <summary>What judges it.</summary>
    public required Policy Policy { get; init; }

    /// <summary>What the device says now, with what it said just before.</summary>
    public required DeviceFacts Facts { get; init; }

    /// <summary>What it said first of each kind: what was there then is no change and earns nothing.</summary>
    public required DeviceFacts Baseline { get; init; }

    /// <summary>Kinds that say something else since the report that is judged. Empty: it only verified, or time passed.</summary>
    public IReadOnlySet<Fact.KindOneofCase> Changed { get; init; } = new HashSet<Fact.KindOneofCase>();

    /// <summary>Acts that the report at hand tells of.</summary>
    public IReadOnlyCollection<SeenAct> Acts { get; init; } = [];

    /// <summary>Whether the person for whom the device was enrolled is an apprentice: nobody else earns evidence.</summary>
    public required bool OwnerIsApprentice { get; init; }

    /// <summary>When it was enrolled, by the server's clock.</summary>
    public required DateTimeOffset EnrolledAt { get; init; }

    /// <summary>What the device's clock is ahead of the server's, as its last hello showed.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>Other devices that reported the same hardware (guard G3).</summary>
    public IReadOnlyCollection<SameMachine> Others { get; init; } = [];

    /// <summary>Faults that were seeded on it.</summary>
    public IReadOnlyCollection<Seeded> Seeded { get; init; } = [];

    /// <summary>All evidence of the device.</summary>
    public required IReadOnlyCollection<EvidenceItem> Evidence { get; init; }
}
