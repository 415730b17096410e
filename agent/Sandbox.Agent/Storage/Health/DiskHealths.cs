using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Storage.Health;

/// <summary>
/// What disks say of their health, asked at most once in 30 minutes, and beside the collector, since one that is about to fail may answer late. Where one
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
    private Task<Answers>? _asking;
    private Answers? _known;
    private long _askedAt;

    /// <summary>Adds it to the disks, and notes of whom nothing is known and why.</summary>
    public async Task DescribeAsync(IEnumerable<BlockDevice> devices, UnseenNotes unseen, CancellationToken ct)
    {
        var disks = devices.Where(IsRealDisk).Take(MostDisks).ToList();
        if (disks.Count == 0) return;
        var isDue = _known is null || time.GetElapsedTime(_askedAt) >= Every || disks.Exists(disk => !_known.Has(disk.Name));
        if (_asking is null && isDue) Begin([.. disks.Select(disk => disk.Clone())]);
        if (_asking is not null && await Task.WhenAny(_asking, Task.Delay(Patience, time, ct)) == _asking) (_known, _asking) = (await _asking, null);
        foreach (var disk in disks)
        {
            ct.ThrowIfCancellationRequested();
            if (_known?.Of(disk.Name) is { } health) disk.Health = health.Clone();
            else unseen.Add(_known?.WhyNot(disk.Name) ?? Why.Of($"dev/{disk.Name}", "it has not answered yet how healthy it is (SMART)"));
        }
    }

    private void Begin(List<BlockDevice> disks)
    {
        _askedAt = time.GetTimestamp();
        _asking = Task.Run(() =>
        {
            var answers = new Answers();
            foreach (var disk in disks) answers.Add(disk.Name, One(disk, out var note), note);
            return answers;
        });
    }

    private DiskHealth? One(BlockDevice disk, out Unseen? note)
    {
        note = null;
        Exception? fault = null;
        try
        {
            if (_ask?.Invoke(disk) is { } said) return said;
        }
        catch (Exception caught) when (caught is IOException or UnauthorizedAccessException)
        {
            fault = caught;
        }
        if (SmartdState.Find(root, DiskSerial.Of(root, disk.Name), disk.HasRotational ? !disk.Rotational : null) is { } written) return written;
        note = NotKnown(disk.Name, fault);
        return null;
    }

    private static Unseen NotKnown(string name, Exception? fault)
    {
        var (what, ask) = ($"dev/{name}", $"sudo smartctl -H -A /dev/{name}");
        return fault switch
        {
            null => Why.Of(what, "how healthy it is (SMART) is asked only of the running system's disks", $"On that system: {ask}"),
            UnauthorizedAccessException or KernelRefusal { IsForLackOfRights: true } => Why.Of(
                what, "how healthy it is (SMART) may only be asked with CAP_SYS_RAWIO, of NVMe with CAP_SYS_ADMIN, and smartd has written nothing down",
                $"Let smartd watch disks, the agent reads what it writes down: sudo apt install smartmontools. Or ask yourself: {ask}"),
            _ => Why.Of(what, $"how healthy it is (SMART) is not known: {fault.Message}"),
        };
    }

    // Those of virtual machines (vda, xvda) have no health of their own, nor have cards (mmcblk) one of this kind.
    private static bool IsRealDisk(BlockDevice device) =>
        device.Kind == BlockDevice.Types.Kind.Disk && (device.Name.StartsWith("sd", StringComparison.Ordinal) || device.Name.StartsWith("nvme", StringComparison.Ordinal));

    private sealed class Answers
    {
        private readonly Dictionary<string, (DiskHealth? Health, Unseen? Note)> _of = new(StringComparer.Ordinal);

        public void Add(string name, DiskHealth? health, Unseen? note) => _of[name] = (health, note);

        public bool Has(string name) => _of.ContainsKey(name);

        public DiskHealth? Of(string name) => _of.GetValueOrDefault(name).Health;

        public Unseen? WhyNot(string name) => _of.GetValueOrDefault(name).Note;
    }
}
