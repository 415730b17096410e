using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Storage;

/// <summary>What is mounted.</summary>
internal static class Mounts
{
    private const int Most = 300;

    private static readonly HashSet<string> Kernels =
    [
        "autofs", "binfmt_misc", "bpf", "cgroup", "cgroup2", "configfs", "debugfs", "devpts", "devtmpfs", "efivarfs", "fuse.gvfsd-fuse", "fuse.portal", "fusectl",
        "hugetlbfs", "mqueue", "nsfs", "proc", "pstore", "ramfs", "rpc_pipefs", "securityfs", "selinuxfs", "sysfs", "tracefs",
    ];

    public static IEnumerable<Filesystem> Describe(
        MountTable mounts, Func<string, Space?> space, UsedSteps steps, UnseenNotes unseen, CancellationToken ct)
    {
        var kept = mounts.All.Where(HoldsFiles).OrderBy(mount => mount.Point, StringComparer.Ordinal).ToList();
        if (kept.Count > Most) unseen.Add(Why.Of(MountTable.Path, $"more than {Most} file systems; the others are left out"));
        foreach (var mount in kept.Take(Most))
        {
            ct.ThrowIfCancellationRequested();
            var one = new Filesystem { MountPoint = mount.Point, Source = Mount.WithoutSecret(mount.Source), Type = mount.Type, Options = { MountOptions.Of(mount.Options) } };
            if (Answers(mount) && space(mount.Point) is { Bytes: > 0 } said)
            {
                one.SizeBytes = (ulong)said.Bytes;
                if (said.UsedPercent is { } percent) one.UsedPercent = steps.Of(mount.Point, percent);
            }
            yield return one;
        }
    }

    private static bool HoldsFiles(Mount mount) => !Kernels.Contains(mount.Type) && !mount.IsPassing && (mount.Type != "overlay" || mount.Point == "/");

    // Asking a network or FUSE file system whose server is away waits for ever.
    private static bool Answers(Mount mount) =>
        (mount.Source.StartsWith("/dev/", StringComparison.Ordinal) && !mount.Type.StartsWith("fuse", StringComparison.Ordinal)) || mount.Type is "tmpfs" or "zfs" or "overlay" or "btrfs";
}
