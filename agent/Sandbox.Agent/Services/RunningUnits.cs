using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Services;

/// <summary>Units with processes: systemd gives each a control group, and the kernel says whether one is populated. See cgroups(7).</summary>
internal static class RunningUnits
{
    /// <summary>Where services lie with version 2 of control groups, with both versions at once, and with version 1.</summary>
    public static IReadOnlyList<string> Folders { get; } =
        ["sys/fs/cgroup/system.slice", "sys/fs/cgroup/unified/system.slice", "sys/fs/cgroup/systemd/system.slice"];

    /// <summary>Their names. Null: systemd has no control groups here.</summary>
    public static HashSet<string>? Read(RootFolder root, CancellationToken ct)
    {
        var folder = Folders.FirstOrDefault(root.Has);
        if (folder is null) return null;
        var running = new HashSet<string>(StringComparer.Ordinal);
        Add(root, folder, deep: true, running, ct);
        return running;
    }

    private static void Add(RootFolder root, string folder, bool deep, HashSet<string> running, CancellationToken ct)
    {
        foreach (var name in root.List(folder, out _))
        {
            ct.ThrowIfCancellationRequested();
            if (name.EndsWith(".service", StringComparison.Ordinal) && IsPopulated(root, $"{folder}/{name}")) running.Add(name);
            // Instances of a template share a slice: system-getty.slice.
            else if (deep && name.EndsWith(".slice", StringComparison.Ordinal)) Add(root, $"{folder}/{name}", deep: false, running, ct);
        }
    }

    private static bool IsPopulated(RootFolder root, string at) =>
        root.TryRead($"{at}/cgroup.events", out var events, out _) ? events.Contains("populated 1", StringComparison.Ordinal) : root.Line($"{at}/cgroup.procs") is not null;
}
