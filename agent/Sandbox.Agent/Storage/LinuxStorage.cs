using Sandbox.Agent.Collecting;
using Sandbox.Agent.Storage.Health;
using Sandbox.Protocol;

namespace Sandbox.Agent.Storage;

/// <summary>Block devices and their health, file systems, RAID and swap.</summary>
/// <param name="root">The folder that stands for /.</param>
/// <param name="space">Asks the kernel for size and use of what is mounted at a point; null: of the running system only, others are not asked.</param>
/// <param name="health">Asks a disk how healthy it is; null: the running system's disks themselves, others are not asked.</param>
internal sealed class LinuxStorage(string root, Func<string, Space?>? space = null, Func<BlockDevice, DiskHealth>? health = null) : ICollector
{
    private readonly RootFolder _root = new(root);
    private readonly UsedSteps _steps = new();
    private readonly DiskHealths _health = new(new RootFolder(root), TimeProvider.System, health);
    private readonly Func<string, Space?> _space = space ?? (new RootFolder(root).IsThisSystem ? Space.Of : _ => null);

    public string Name => "storage";

    public IReadOnlyList<Fact.KindOneofCase> Kinds { get; } = [Fact.KindOneofCase.Storage];

    // Disks that come, and how full file systems are, wake nobody.
    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public IReadOnlyList<string> Watches { get; } = [Fstab.Path, .. MountTable.Watches, "proc/swaps", "proc/mdstat"];

    public async ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        var storage = new Protocol.Storage();
        var unseen = new UnseenNotes(storage.Unseen);
        storage.Devices.AddRange(BlockDevices.Read(_root, unseen, ct));
        var mounts = MountTable.Read(_root, unseen);
        if (mounts is not null) storage.Filesystems.AddRange(Mounts.Describe(mounts, _space, _steps, unseen, ct));
        storage.Fstab.AddRange(Fstab.Read(_root, mounts, unseen));
        storage.Arrays.AddRange(RaidText.Parse(Optional("proc/mdstat", unseen)));
        storage.Swaps.AddRange(Swaps.Parse(Optional("proc/swaps", unseen)));
        await _health.DescribeAsync(storage.Devices, unseen, ct);
        unseen.Close();
        return [new Fact { Storage = storage }];
    }

    // A kernel without md or swap has no such file.
    private string Optional(string path, UnseenNotes unseen)
    {
        if (!_root.Has(path)) return "";
        if (_root.TryRead(path, out var text, out var fault)) return text;
        unseen.Add(fault);
        return "";
    }
}
