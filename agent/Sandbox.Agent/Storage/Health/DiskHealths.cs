using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Storage.Health;

/// <summary>
/// What disks say of their health, each asked at most once in 30 minutes, and beside the collector, since one that is about to fail may answer late. Where one
/// may not ask them, what smartd wrote down.
/// </summary>
/// <param name="root">The folder that stands for /; disks are asked only where it is the running system's.</param>
/// <param name="time">A clock.</param>
/// <param name="ask">Asks a disk. Null: the disk itself.</param>
internal sealed class DiskHealths(RootFolder root, TimeProvider time, Func<BlockDevice, DiskHealth>? ask = null)
{
    private const int MostDisks = 64;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private readonly Func<BlockDevice, DiskHealth>? _ask = ask ?? (root.IsThisSystem ? disk => HealthQuestion.Ask(root, disk) : null);
    private readonly Dictionary<string, Answer> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _askedAt = new(StringComparer.Ordinal);
    private Task<List<Answer>>? _asking;

    /// <summary>Adds it to the disks, and notes of whom nothing is known and why.</summary>
    public async Task DescribeAsync(IEnumerable<BlockDevice> devices, UnseenNotes unseen, CancellationToken ct)
    {
        var disks = devices.Where(IsRealDisk).Take(MostDisks).ToList();
        if (_asking is null && disks.Where(IsDue).Select(disk => disk.Clone()).ToList() is { Count: > 0 } due) Begin(due);
        if (_asking is { } asking && await IsDoneAsync(asking, ct))
        {
            // First of all: what failed unexpectedly would fail again at every later look.
            _asking = null;
            foreach (var answer in await asking) _known[answer.Name] = answer;
        }
        foreach (var disk in disks)
        {
            ct.ThrowIfCancellationRequested();
            var known = _known.GetValueOrDefault(disk.Name);
            if (known?.Health is { } health) disk.Health = health.Clone();
            else unseen.Add(known?.Note ?? Why.Of($"dev/{disk.Name}", "it has not answered yet how healthy it is (SMART)"));
        }
    }

    private bool IsDue(BlockDevice disk) => !_askedAt.TryGetValue(disk.Name, out var at) || time.GetElapsedTime(at) >= Every;

    private void Begin(List<BlockDevice> disks)
    {
        foreach (var disk in disks) _askedAt[disk.Name] = time.GetTimestamp();
        _asking = Task.Run(() => disks.ConvertAll(One));
    }

    private async Task<bool> IsDoneAsync(Task asking, CancellationToken ct)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var isDone = await Task.WhenAny(asking, Task.Delay(Patience, time, enough.Token)) == asking;
        await enough.CancelAsync();
        return isDone;
    }

    private Answer One(BlockDevice disk)
    {
        Exception? fault = null;
        try
        {
            if (_ask?.Invoke(disk) is { } said) return new(disk.Name, said, null);
        }
        catch (Exception caught) when (caught is IOException or UnauthorizedAccessException)
        {
            fault = caught;
        }
        if (SmartdState.Find(root, DiskSerial.Of(root, disk.Name), disk.HasRotational ? !disk.Rotational : null) is { } written) return new(disk.Name, written, null);
        return new(disk.Name, null, NotKnown(disk.Name, fault));
    }

    private static Unseen NotKnown(string name, Exception? fault)
    {
        var (what, ask) = ($"dev/{name}", $"sudo smartctl -H -A /dev/{name}");
        return fault switch
        {
            null => Why.Of(what, "how healthy it is (SMART) is asked only of the running system's disks", $"On that system: {ask}"),
            UnauthorizedAccessException or KernelRefusal { IsForLackOfRights: true } => Why.Of(
                what, "how healthy it is (SMART) may only be asked with CAP_SYS_RAWIO, of NVMe with CAP_SYS_ADMIN, and smartd has written nothing down",
                $"Let smartd watch disks, the agent reads what it writes down: sudo apt install smartmontools, or sudo dnf install smartmontools where packages are rpm's (SUSE: zypper). Or ask yourself: {ask}"),
            _ => Why.Of(what, $"how healthy it is (SMART) is not known: {fault.Message}"),
        };
    }

    // Those of virtual machines (vda, xvda) have no health of their own, nor have cards (mmcblk) one of this kind.
    private static bool IsRealDisk(BlockDevice device) =>
        device.Kind == BlockDevice.Types.Kind.Disk && (device.Name.StartsWith("sd", StringComparison.Ordinal) || device.Name.StartsWith("nvme", StringComparison.Ordinal));

    private sealed record Answer(string Name, DiskHealth? Health, Unseen? Note);
}
