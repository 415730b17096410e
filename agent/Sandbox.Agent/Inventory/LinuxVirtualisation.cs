using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Inventory;

/// <summary>
/// What runs this system, as far as it lets on: first the container it is in, then the virtual machine. The marks are those that
/// systemd-detect-virt(1) reads.
/// </summary>
internal static class LinuxVirtualisation
{
    private static readonly (string Prefix, string Name)[] Makers =
    [
        ("KVM", "kvm"), ("OpenStack", "kvm"), ("KubeVirt", "kvm"), ("Google Compute Engine", "google"), ("Amazon EC2", "amazon"),
        ("QEMU", "qemu"), ("VMware", "vmware"), ("VMW", "vmware"), ("innotek GmbH", "virtualbox"), ("VirtualBox", "virtualbox"),
        ("Oracle Corporation", "virtualbox"), ("Xen", "xen"), ("Bochs", "bochs"), ("Parallels", "parallels"), ("BHYVE", "bhyve"),
        ("Hyper-V", "hyper-v"), ("Apple Virtualization", "apple"), ("Firecracker", "firecracker"), ("Virtual Machine", "hyper-v"),
    ];

    /// <summary>Null: nothing recognised.</summary>
    public static string? Name(RootFolder root, LinuxProcessors processors) => Container(root) ?? Machine(root, processors);

    private static string? Container(RootFolder root)
    {
        if (root.Line("run/systemd/container") is { } noted) return noted;
        if (root.Has("run/.containerenv")) return "podman";
        if (root.Has(".dockerenv") && !OwnDisk(root)) return "docker";
        var kernel = root.Line("proc/sys/kernel/osrelease");
        return kernel?.Contains("microsoft", StringComparison.OrdinalIgnoreCase) == true ? "wsl" : null;
    }

    // An image that was unpacked into a virtual machine of its own keeps docker's mark, but its root is a disk and no overlay.
    private static bool OwnDisk(RootFolder root)
    {
        if (!root.TryRead("proc/mounts", out var mounts, out _)) return false;
        foreach (var line in mounts.AsSpan().EnumerateLines())
            if (line.Contains(" / ", StringComparison.Ordinal)) return line.StartsWith("/dev/");
        return false;
    }

    private static string? Machine(RootFolder root, LinuxProcessors processors)
    {
        foreach (var file in (ReadOnlySpan<string>)["product_name", "sys_vendor", "board_vendor", "bios_vendor"])
        {
            if (root.Line($"sys/class/dmi/id/{file}") is not { } said) continue;
            foreach (var (prefix, name) in Makers)
                if (said.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) return name;
        }
        return root.Line("sys/hypervisor/type") ?? (processors.Hypervised ? "hypervisor of unknown make" : null);
    }
}
