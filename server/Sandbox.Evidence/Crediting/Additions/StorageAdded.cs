using Sandbox.Evidence.Attribution;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting.Additions;

/// <summary>
/// Line 4.6: a file system on a disk of its own, or a part of one, that was not there at first is mounted and stands in fstab, so that it comes back. Files that stand
/// in for disks, sticks, memory, what other machines keep, and what was mounted elsewhere before do not count.
/// </summary>
internal sealed class StorageAdded() : Addition("4.6", "storage.added", "file system", Fact.KindOneofCase.Storage)
{
    private const string Use = "that somebody's data lies on it, and that it comes back after a restart, is not seen";

    private const string Virtual = "the machine is virtual, and so are its disks, which are made at will";

    private static readonly string[] ForFiles = ["ext4", "ext3", "xfs", "btrfs", "f2fs", "jfs"];

    public override string Counts => "a file system that was set up to stay";

    protected override bool HasObjects => true;

    protected override IEnumerable<string> Names(Fact fact) => fact.Storage.Filesystems.Select(one => one.MountPoint);

    protected override IEnumerable<string> Objects(Fact fact) => fact.Storage.Filesystems.Select(one => one.Source);

    protected override IEnumerable<Thing> Things(Fact fact, DeviceCase device) => fact.Storage.Filesystems
        .Where(one => ForFiles.Contains(one.Type) && IsInFstab(one.MountPoint, fact.Storage) && RealDisk.Is(fact.Storage, one.Source))
        .Select(one => new Thing(one.MountPoint, $"mounted ({one.Type}) and listed in /etc/fstab") { Object = one.Source, Reservation = IsVirtual(device) ? $"{Use}; {Virtual}" : Use });

    protected override string Lost(string name, Fact shown) =>
        !Names(shown).Contains(name) ? "nothing is mounted there any more" : IsInFstab(name, shown.Storage) ? "something else is mounted there" : "it does not stand in /etc/fstab any more";

    protected override bool Explains(string name, EvidenceItem item, AdminAct act) =>
        Trace.IsRunOnFile(act, "/etc/fstab") || (Trace.IsRunOf(act, "mount") && (act.Arguments.Contains(name) || act.Arguments.Contains("-a")));

    private static bool IsInFstab(string point, Storage storage) => storage.Fstab.Any(one => one.MountPoint.Length > 1 && one.MountPoint.TrimEnd('/') == point && one is { HasMounted: true, Mounted: true } && !one.Options.Contains("noauto"));

    private static bool IsVirtual(DeviceCase device) => device.Facts[Fact.KindOneofCase.Hardware]?.Fact.Hardware.HasVirtualisation == true;
}
