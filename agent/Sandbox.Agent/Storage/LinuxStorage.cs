using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Storage;

/// <summary>Block devices, file systems, RAID and swap.</summary>
/// <param name="root">The folder that stands for /.</param>
/// <param name="space">Asks the kernel for size and use of what is mounted at a point; null: of the running system only, others are not asked.</param>
internal sealed class LinuxStorage(string root, Func<string, Space?>? space = null) : ICollector
{
    private readonly RootFolder _root = new(root);
    private readonly UsedSteps _steps = new();
    private readonly Func<string, Space?> _space = space ?? (new RootFolder(root).IsThisSystem ? Space.Of : _ => null);

    public string Name => "storage";

    public IReadOnlyList<Fact.KindOneofCase> Kinds { get; } = [Fact.KindOneofCase.Storage];

    // Disks that come, and how full file systems are, wake nobody.
    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public IReadOnlyList<string> Watches { get; } = [Fstab.Path, .. MountTable.Watches, "proc/swaps", "proc/mdstat"];

    public ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        var storage = new Protocol.Storage();
        var unseen = new UnseenNotes(storage.Unseen);
        storage.Devices.AddRange(BlockDevices.Read(_root, unseen, ct));
        var mounts = MountTable.Read(_root, unseen);
        if (mounts is not null) storage.Filesystems.AddRange(Mounts.Describe(mounts, _space, _steps, unseen, ct));
        storage.Fstab.AddRange(Fstab.Read(_root, mounts, unseen));
        storage.Arrays.AddRange(RaidText.Parse(Optional("proc/mdstat", unseen)));
        storage.Swaps.AddRange(Swaps.Parse(Optional("proc/swaps", unseen)));
        if (storage.Devices.FirstOrDefault(IsRealDisk) is { } disk)
            unseen.Add(Why.Of("sys/block", "what disks say of their own health (SMART) is not read", $"Ask a disk: sudo smartctl -H /dev/{disk.Name}"));
        unseen.Close();
        return new([new Fact { Storage = storage }]);
    }

    // Those of virtual machines (vda, xvda) have no health of their own.
    private static bool IsRealDisk(BlockDevice device) =>
        device.Kind == BlockDevice.Types.Kind.Disk && !device.Name.StartsWith("vd", StringComparison.Ordinal) && !device.Name.StartsWith("xvd", StringComparison.Ordinal);

    // A kernel without md or swap has no such file.
    private string Optional(string path, UnseenNotes unseen)
    {
        if (!_root.Has(path)) return "";
        if (_root.TryRead(path, out var text, out var fault)) return text;
        unseen.Add(fault);
        return "";
    }
}
