using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.TimeSync;

/// <summary>Whether a service starts with the system and runs now, by the links that systemd keeps.</summary>
internal sealed class TimeUnits(RootFolder root)
{
    private const string Running = "run/systemd/units";
    private readonly EnabledUnits _enabled = new(root);

    /// <summary>Where what is enabled and what runs changes.</summary>
    public static IReadOnlyList<string> Watches { get; } =
        [.. EnabledUnits.Watches("sysinit.target", "multi-user.target", "basic.target", "default.target"), Running];

    /// <summary>One of the units starts with the system. Null: there are no links to tell by.</summary>
    public bool? Enabled(string[] units) => _enabled.Any(units);

    /// <summary>systemd keeps an invocation of one of the units. Null: it does not run this system.</summary>
    public bool? Runs(string[] units) =>
        root.Has(Running) ? units.Any(unit => RootFolder.LinkTarget(Path.Combine(root.Resolve(Running), $"invocation:{unit}")) is not null) : null;
}
