namespace Sandbox.Agent.Collecting;

/// <summary>What to type so that a service runs: systemctl is of use only where systemd runs.</summary>
internal static class ServiceStart
{
    // sd_booted(3).
    private const string Booted = "run/systemd/system";

    /// <summary>Whether systemd runs the services of this system.</summary>
    public static bool SystemdRuns(RootFolder root) => root.Has(Booted);

    /// <summary>Starts it now: <c>Start CUPS: sudo systemctl start cups</c>.</summary>
    /// <param name="root">The system that it is of.</param>
    /// <param name="name">Its name for people.</param>
    /// <param name="unit">Its unit, and its script in /etc/init.d.</param>
    public static string Now(RootFolder root, string name, string unit) => Words(root, name, unit, "start");

    /// <summary>Starts it now and with the system, where that is systemd's to do.</summary>
    public static string ForGood(RootFolder root, string name, string unit) => Words(root, name, unit, "enable --now");

    private static string Words(RootFolder root, string name, string unit, string verb)
    {
        if (SystemdRuns(root)) return $"Start {name}: sudo systemctl {verb} {unit}";
        var script = unit.EndsWith(".service", StringComparison.Ordinal) ? unit[..^".service".Length] : unit;
        return root.Has($"etc/init.d/{script}") ? $"Start {name}: sudo service {script} start" : $"Start {name}; systemd, which would do that, does not run here";
    }
}
