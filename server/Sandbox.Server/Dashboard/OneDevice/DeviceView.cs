using Sandbox.Server.Dashboard.Acts;
using Sandbox.Server.Dashboard.Bandwidth;
using Sandbox.Server.Dashboard.Facts;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Findings;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Dashboard.OneDevice;

/// <summary>Everything that the page of one device shows, read at one instant.</summary>
public sealed record DeviceView
{
    /// <summary>The device itself.</summary>
    public required Device Device { get; init; }

    /// <summary>The owner's name. Null: the person is gone.</summary>
    public string? Owner { get; init; }

    /// <summary>Name of the device that took its place. Null: none did.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>Earlier enrolments of the same machine. Null: there are none, or nobody earns anything by it.</summary>
    public EarlierEnrolments? Earlier { get; init; }

    /// <summary>Whether its stream is open.</summary>
    public required bool Online { get; init; }

    /// <summary>All checks, trouble first.</summary>
    public required IReadOnlyList<StoredFinding> Findings { get; init; }

    /// <summary>The newest changes of verdicts, newest first.</summary>
    public required IReadOnlyList<FindingTransition> Transitions { get; init; }

    /// <summary>Checks that were first judged as unknown: kept apart, they are no news.</summary>
    public required IReadOnlyList<FindingTransition> FirstUnknown { get; init; }

    /// <summary>How many changes of verdicts there are in all.</summary>
    public required int TransitionCount { get; init; }

    /// <summary>The newest stretches that are missing, newest first.</summary>
    public required IReadOnlyList<ReportGap> Gaps { get; init; }

    /// <summary>The newest refusals, newest first.</summary>
    public required IReadOnlyList<Refusal> Refusals { get; init; }

    /// <summary>Where a quarantined device was heard from, the newest first; empty for others.</summary>
    public IReadOnlyList<CopyPlace> Places { get; init; } = [];

    /// <summary>What people say of it.</summary>
    public required DeviceWord Word { get; init; }

    /// <summary>The facts, one sheet per kind.</summary>
    public required IReadOnlyList<FactSheet> Sheets { get; init; }

    /// <summary>The newest acts of people.</summary>
    public ActsView? Acts { get; init; }

    /// <summary>What passes its interfaces.</summary>
    public TrafficView? Traffic { get; init; }

    /// <summary>The server's clock.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Turns an instant of the device's clock into one of the server's, as far as the difference is known.</summary>
    public DateTimeOffset ToServer(DateTimeOffset device) => Instants.Back(device, Device.ClockOffsetMs ?? 0);
}
