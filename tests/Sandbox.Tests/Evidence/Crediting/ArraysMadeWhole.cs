using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Attribution;
using Sandbox.Tests.Evidence.Crediting.Additions;
using Kind = Sandbox.Protocol.BlockDevice.Types.Kind;
using State = Sandbox.Protocol.RaidArray.Types.State;

namespace Sandbox.Tests.Evidence.Crediting;

/// <summary>Line 7.7: redundancy that somebody restored, and everything that only looks like it.</summary>
public sealed class ArraysMadeWhole
{
    private readonly Watched _device = At.Device(Of(Array(1)));

    [Fact]
    public void An_array_that_lacked_a_disk_at_first_and_is_whole_counts_and_is_whose_act_it_was()
    {
        var item = _device.Tells(Adds(_device.Now)).Says(Of(Array(2))).Only;

        Assert.Equal(("7.7", "redundancy.restored", "md0", "degraded: 1 of 2 devices", "whole: 2 of 2 devices"), (item.Line, item.Act, item.Target, item.Before, item.After));
        Assert.Equal((EvidenceState.Watched, Grade.E2, Doing.Anna), (item.State, item.Grade, item.Person!.Value));
        Assert.Equal(EvidenceState.Held, _device.After(At.Day).SaysTheSame().Only.State);
    }

    [Fact]
    public void Copying_takes_hours()
    {
        _device.Tells(Adds(_device.Now)).Says(Of(Array(1, action: "recovery"))).After(TimeSpan.FromHours(9)).SaysTheSame().After(At.Minute);

        Assert.Equal(Grade.E2, _device.Says(Of(Array(2))).Only.Grade);
    }

    [Fact]
    public void A_spare_that_steps_in_by_itself_is_nobodys() => Assert.Equal(EvidenceState.Discounted, _device.Says(Of(Array(2))).Only.State);

    [Fact]
    public void One_that_was_whole_at_first_earns_nothing_when_a_disk_is_pulled_and_added() =>
        Assert.Empty(At.Device(Of(Array(2))).Says(Of(Array(1))).After(At.Minute).Says(Of(Array(2))).Evidence);

    [Fact]
    public void One_that_is_made_smaller_is_not_whole() => Assert.Empty(_device.Says(Of(Array(1, devices: 1))).Evidence);

    [Fact]
    public void One_that_stands_on_files_does_not_count() => Assert.Empty(At.Device(Of(Array(1, second: "loop0"))).Says(Of(Array(2, second: "loop0"))).Evidence);

    [Fact]
    public void One_that_lacks_a_disk_again_within_the_day_earns_nothing() =>
        Assert.Equal(EvidenceState.Undone, _device.Tells(Adds(_device.Now)).Says(Of(Array(2))).After(At.Minute).Says(Of(Array(1))).Only.State);

    [Theory]
    [InlineData("/dev/md1", "--add", "/dev/sdb1"), InlineData("--detail", "/dev/md0"), InlineData("/dev/md0", "--fail", "/dev/sdb1")]
    public void Another_command_did_not_do_it(params string[] arguments) => Assert.Null(_device.Tells(At.Runs(_device.Now, "/usr/sbin/mdadm", arguments)).Says(Of(Array(2))).Only.Person);

    private static AdminAct Adds(DateTimeOffset at) => At.Runs(at, "/usr/sbin/mdadm", "/dev/md0", "--add", "/dev/sdb1");

    private static Protocol.Storage Of(RaidArray array) => new()
    {
        Devices =
        {
            new BlockDevice { Name = "loop0", Kind = Kind.Loop }, new BlockDevice { Name = "sda", Kind = Kind.Disk, Removable = false }, new BlockDevice { Name = "sda1", Kind = Kind.Partition, LiesOn = { "sda" } },
            new BlockDevice { Name = "sdb", Kind = Kind.Disk, Removable = false }, new BlockDevice { Name = "sdb1", Kind = Kind.Partition, LiesOn = { "sdb" } },
        },
        Filesystems = { new Filesystem { MountPoint = "/", Source = "/dev/md0", Type = "ext4" } },
        Arrays = { array },
    };

    private static RaidArray Array(uint working, uint devices = 2, string second = "sdb1", string? action = null)
    {
        var array = new RaidArray { Name = "md0", Level = "raid1", State = working < devices ? State.Degraded : State.Whole, Devices = devices, Working = working, Members = { "sda1" } };
        if (working > 1 || action is not null) array.Members.Add(second);
        if (action is not null) array.Action = action;
        return array;
    }
}
