using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Storage;

/// <summary>What is mounted.</summary>
internal static class Mounts
{
    private const string Table = "proc/self/mountinfo";
    private const int Most = 300;
    private const int MostBytes = 8 << 20;

    private static readonly HashSet<string> Kernels =
    [
        "autofs", "binfmt_misc", "bpf", "cgroup", "cgroup2", "configfs", "debugfs", "devpts", "devtmpfs", "efivarfs", "fuse.gvfsd-fuse", "fuse.portal", "fusectl",
        "hugetlbfs", "mqueue", "nsfs", "proc", "pstore", "ramfs", "rpc_pipefs", "securityfs", "selinuxfs", "sysfs", "tracefs",
    ];

    // Of sessions and containers: they come and go with those.
    private static readonly string[] Passing =
        ["/run/user/", "/run/credentials/", "/run/docker/", "/proc/", "/sys/", "/snap/", "/var/snap/", "/var/lib/docker/", "/var/lib/containers/", "/var/lib/kubelet/"];

    /// <summary>All mounts that can be seen, hidden ones left out. Null: the table cannot be read, which is noted.</summary>
    public static Dictionary<string, Mount>? Read(RootFolder root, UnseenNotes unseen)
    {
        if (!root.TryRead(Table, out var text, out var fault, MostBytes))
        {
            unseen.Add(fault);
            return null;
        }
        var mounts = new Dictionary<string, Mount>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
            if (Mount.Parse(line) is { } mount) mounts[mount.Point] = mount;
        return mounts;
    }

    public static IEnumerable<Filesystem> Describe(
        Dictionary<string, Mount> mounts, Func<string, Space?> space, UsedSteps steps, UnseenNotes unseen, CancellationToken ct)
    {
        var kept = mounts.Values.Where(HoldsFiles).OrderBy(mount => mount.Point, StringComparer.Ordinal).ToList();
        if (kept.Count > Most) unseen.Add(Why.Of(Table, $"more than {Most} file systems; the others are left out"));
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

    private static bool HoldsFiles(Mount mount) => !Kernels.Contains(mount.Type) && mount.Point != "/run/netns" && !Passing.Any(mount.Point.StartsWith) && (mount.Type != "overlay" || mount.Point == "/");

    // Asking a network or FUSE file system whose server is away waits for ever.
    private static bool Answers(Mount mount) =>
        (mount.Source.StartsWith("/dev/", StringComparison.Ordinal) && !mount.Type.StartsWith("fuse", StringComparison.Ordinal)) || mount.Type is "tmpfs" or "zfs" or "overlay" or "btrfs";
}
