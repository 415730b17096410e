using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.TimeSync;

/// <summary>Whether systemd starts a service at boot and runs it now, by the links that it keeps.</summary>
internal sealed class TimeUnits(RootFolder root)
{
    private const string Folder = "etc/systemd/system";
    private const string Running = "run/systemd/units";
    private static readonly string[] Wanting = ["sysinit.target.wants", "multi-user.target.wants", "basic.target.wants", "default.target.wants"];

    /// <summary>Where what is enabled and what runs changes.</summary>
    public static IReadOnlyList<string> Watches { get; } = [.. Wanting.Select(target => $"{Folder}/{target}"), Running];

    /// <summary>A target wants one of the units, and it is not masked. Null: not a system of systemd.</summary>
    public bool? Enabled(string[] units) =>
        root.Has(Folder) ? units.Any(unit => !Masked(unit) && Wanting.Any(target => Link($"{Folder}/{target}/{unit}") is not null)) : null;

    /// <summary>systemd keeps an invocation of one of the units. Null: it does not run this system.</summary>
    public bool? Runs(string[] units) => root.Has(Running) ? units.Any(unit => Link($"{Running}/invocation:{unit}") is not null) : null;

    private bool Masked(string unit) => Link($"{Folder}/{unit}") == "/dev/null";

    // The last step is the link itself, so its folder alone is resolved.
    private string? Link(string path) =>
        RootFolder.LinkTarget(Path.Combine(root.Resolve(Path.GetDirectoryName(path)!), Path.GetFileName(path)));
}
