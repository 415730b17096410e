using Sandbox.Agent.Encryption;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.DataEncryption;

/// <summary>A machine with disks as the kernel shows them below /sys: folders in sys/devices, and links to them everywhere else.</summary>
internal sealed class DiskMachine : IDisposable
{
    private readonly List<string> _mounts = [];

    public MachineFiles Files { get; } = new();

    /// <summary>A disk, or what is built on the others.</summary>
    public DiskMachine Device(string name, string number, params string[] below)
    {
        Linked($"virtual/block/{name}", name, number);
        foreach (var one in below) Files.WithLink($"sys/devices/virtual/block/{name}/slaves/{one}", $"/sys/class/block/{one}");
        return this;
    }

    /// <summary>Of device-mapper; uuid as cryptsetup or LVM writes it.</summary>
    public DiskMachine Mapped(string name, string number, string mapped, string uuid, params string[] below)
    {
        Device(name, number, below);
        Files.With($"sys/devices/virtual/block/{name}/dm/name", $"{mapped}\n").With($"sys/devices/virtual/block/{name}/dm/uuid", $"{uuid}\n").WithLink($"dev/mapper/{mapped}", $"../{name}");
        return this;
    }

    public DiskMachine Partition(string disk, string name, string number)
    {
        Linked($"virtual/block/{disk}/{name}", name, number);
        Files.With($"sys/devices/virtual/block/{disk}/{name}/partition", "1\n");
        return this;
    }

    /// <summary>A line of mountinfo. <paramref name="number"/>: of the device.</summary>
    public DiskMachine Mount(string point, string number, string source, string type = "ext4")
    {
        _mounts.Add($"{_mounts.Count + 30} 1 {number} / {point} rw,relatime - {type} {source} rw\n");
        Files.With("proc/self/mountinfo", string.Concat(_mounts));
        return this;
    }

    /// <summary>LUKS2 on the second partition, LVM in it, / and swap in that: what Debian's installer makes of "encrypted LVM".</summary>
    public DiskMachine AsDebianInstallsIt()
    {
        Device("sda", "8:0").Partition("sda", "sda1", "8:1").Partition("sda", "sda5", "8:5")
            .Mapped("dm-0", "253:0", "sda5_crypt", $"CRYPT-LUKS2-{HeaderBytes.Uuid.Replace("-", "", StringComparison.Ordinal)}-sda5_crypt", "sda5")
            .Mapped("dm-1", "253:1", "lab--vg-root", "LVM-4bYfNzvK", "dm-0").Mapped("dm-2", "253:2", "lab--vg-swap_1", "LVM-9pQ", "dm-0")
            .Mount("/", "253:1", "/dev/mapper/lab--vg-root").Mount("/boot", "8:1", "/dev/sda1", "ext2");
        Files.With("proc/swaps", "Filename\tType\tSize\tUsed\tPriority\n/dev/dm-2 partition 999420 0 -2\n")
            .With("etc/crypttab", $"sda5_crypt UUID={HeaderBytes.Uuid} none luks,discard\n").WithLink($"dev/disk/by-uuid/{HeaderBytes.Uuid}", "../../sda5");
        return this;
    }

    public async Task<Protocol.Encryption> ReadAsync() =>
        (await new LinuxEncryption(Files.Root).CollectAsync(TestContext.Current.CancellationToken)).Single().Encryption;

    public async Task<DataPlace> PlaceAsync(string path) => (await ReadAsync()).Places.Single(place => place.Path == path);

    public void Dispose() => Files.Dispose();

    private void Linked(string at, string name, string number) => Files.With($"sys/devices/{at}/dev", $"{number}\n")
        .WithLink($"sys/class/block/{name}", $"../../devices/{at}").WithLink($"sys/dev/block/{number}", $"../../devices/{at}").WithFolder("dev");
}
