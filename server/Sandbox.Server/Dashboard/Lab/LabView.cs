using Sandbox.Server.Dashboard.Bandwidth;
using Sandbox.Server.Dashboard.Devices;
using Sandbox.Server.Dashboard.Words;

namespace Sandbox.Server.Dashboard.Lab;

/// <summary>The Lab overview, read at one instant.</summary>
public sealed record LabView
{
    /// <summary>Devices in service.</summary>
    public required int Active { get; init; }

    /// <summary>Those of them that are connected.</summary>
    public required int Online { get; init; }

    /// <summary>Those that have been away for an hour.</summary>
    public required int Silent { get; init; }

    /// <summary>Devices whose password checks are all known and pass.</summary>
    public required int PasswordPass { get; init; }

    /// <summary>Devices with a failing password check.</summary>
    public required int PasswordFail { get; init; }

    /// <summary>Devices of which not all password checks could be judged, and none fails.</summary>
    public required int PasswordUnknown { get; init; }

    /// <summary>Devices with a failing check of any sort.</summary>
    public required int Failing { get; init; }

    /// <summary>The list of those in trouble first.</summary>
    public required DeviceList Devices { get; init; }

    /// <summary>How many checks fail in all.</summary>
    public int FailingChecks => Devices.FailingChecks;

    /// <summary>What wants a person, most pressing first.</summary>
    public required IReadOnlyList<Need> Needs { get; init; }

    /// <summary>Devices that were taken out of service, when none is left in it; the newest first.</summary>
    public required IReadOnlyList<GoneDevice> Gone { get; init; }

    /// <summary>What passes their interfaces.</summary>
    public TrafficView? Traffic { get; init; }

    /// <summary>The instant that all of it holds for.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Share of judged devices without a failing password check, in percent. Null: none is judged.</summary>
    public double? PasswordShare => PasswordPass + PasswordFail == 0 ? null : 100.0 * PasswordPass / (PasswordPass + PasswordFail);
}

/// <summary>Something that wants a person.</summary>
/// <param name="Count">How many.</param>
/// <param name="Tone">How pressing.</param>
/// <param name="Text">What, in words that go with the count.</param>
/// <param name="Detail">Which ones, or what to do.</param>
/// <param name="Url">Where exactly these are shown.</param>
/// <param name="Action">What the link says.</param>
public sealed record Need(int Count, Tone Tone, string Text, string Detail, string Url, string Action);
