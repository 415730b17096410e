using Grpc.Core;
using Sandbox.Protocol;

namespace Sandbox.Tests.Uplink;

/// <summary>A spool that was set back or copied, as its agent notices it.</summary>
public sealed class SetBackSpools : UplinkTest
{
    [Fact]
    public async Task AServer_that_knows_more_than_the_spool_gets_a_new_epoch()
    {
        await Uplink.Put("a");
        Script.Known = 9;
        Uplink.Start();
        await Stream(1);

        Script.Known = 0;
        await Stream(2);
        await Acknowledged(1);

        Assert.NotEqual(Script.Hellos.First().Epoch, Script.Hellos.Last().Epoch);
        Assert.Equal("a", Script.Reports.First().Facts.Single().Hardware.Product);
    }

    [Fact]
    public async Task What_an_epoch_before_has_left_counts_as_bytes_of_the_spool()
    {
        await Uplink.Put("waits");
        var before = Uplink.Spool.Bytes;

        Uplink.Spool.BeginEpoch();

        Assert.True(Uplink.Spool.Carried.Any);
        Assert.InRange(Uplink.Spool.Bytes, before, before + Agent.Uplink.Segment.HeaderLength);
    }

    [Fact]
    public async Task A_spool_that_was_set_back_is_noticed_though_it_has_grown_past_theServer_meanwhile()
    {
        await Uplink.Put("before the snapshot");
        Script.Known = 2;
        var restored = Uplink.Spool.Epoch;
        Uplink = Uplink.Reopen();
        foreach (var name in (string[])["after", "it", "was restored"]) await Uplink.Put(name);

        Uplink.Start();
        await Stream(1);
        Script.Known = 0;
        await Stream(2);
        await Acknowledged(4);

        Assert.NotEqual(restored, Script.Hellos.Last().Epoch.ToByteArray());
        Assert.Equal(["before the snapshot", "after", "it", "was restored"], Script.Reports.Select(r => r.Facts.Single().Hardware.Product));
    }

    [Fact]
    public async Task Nor_is_another_report_of_theServer_taken_for_the_spools_own_after_a_start_of_the_agent()
    {
        foreach (var name in (string[])["a", "b", "c"]) await Uplink.Put(name);
        var copied = Uplink.Spool.Epoch;
        Uplink = Uplink.Reopen();
        (Script.Known, Script.KnownHash) = (2, new byte[32]);

        Uplink.Start();
        await Stream(1);
        (Script.Known, Script.KnownHash) = (0, null);
        await Stream(2);
        await Acknowledged(3);

        Assert.NotEqual(copied, Script.Hellos.Last().Epoch.ToByteArray());
        Assert.Equal(["a", "b", "c"], Script.Reports.Select(r => r.Facts.Single().Hardware.Product));
        Assert.Equal([1UL, 2, 3], Script.Reports.Select(r => r.CarriedFrom.Sequence));
        Assert.All(Script.Reports, r => Assert.Equal(copied, r.CarriedFrom.Epoch.ToByteArray()));
    }

    [Fact]
    public async Task The_same_report_on_both_sides_is_no_sign_of_a_copy()
    {
        foreach (var name in (string[])["a", "b", "c"]) await Uplink.Put(name);
        Uplink = Uplink.Reopen();
        (Script.Known, Script.KnownHash) = (2, ReportHash.Of(EnrolledDevice.Device, Uplink.Spool.ReportAt(2)!.Span));

        Uplink.Start();
        await Stream(1);
        await Acknowledged(3);

        Assert.Single(Script.Hellos);
        Assert.Equal(["c"], Script.Reports.Select(r => r.Facts.Single().Hardware.Product));
    }

    [Fact]
    public async Task What_was_written_anew_before_a_crash_is_not_written_twice()
    {
        foreach (var name in (string[])["a", "b", "c"]) await Uplink.Put(name);
        var epoch = Uplink.Spool.Epoch;
        Uplink.Spool.BeginEpoch();
        var carried = Directory.GetDirectories(Device.Folders.Spool, "carried-*").Single();
        var kept = Directory.CreateTempSubdirectory("sandbox-carried-").FullName;
        foreach (var file in Directory.GetFiles(carried)) File.Copy(file, Path.Combine(kept, Path.GetFileName(file)));
        await Uplink.Writer.BeginEpochAsync(Ct);
        Assert.False(Uplink.Spool.Carried.Any);

        // As a crash leaves it that comes before the last of what was carried is deleted.
        Directory.Move(kept, carried);
        Uplink = Uplink.Reopen();
        await Uplink.Put("d");
        Uplink.Start();
        await Acknowledged(4);

        Assert.Equal(["a", "b", "c", "d"], Script.Reports.Select(r => r.Facts.Single().Hardware.Product));
        Assert.Equal(epoch, Script.Reports.First().CarriedFrom.Epoch.ToByteArray());
        Assert.Empty(Directory.GetDirectories(Device.Folders.Spool, "carried-*"));
    }

    [Fact]
    public async Task A_hello_says_which_machine_speaks_and_where_its_chain_stands()
    {
        await Uplink.Put("a");
        Uplink = Uplink.Reopen().Start();
        await Stream(1);

        var hello = Script.Hellos.First();
        Assert.Equal((File.ReadAllText("/proc/sys/kernel/hostname").Trim(), 16, 1UL, 32), (hello.HostName, hello.BootId.Length, hello.LastSequence, hello.LastHash.Length));
    }

    [Fact]
    public async Task A_machine_in_quarantine_parts_from_its_epoch_and_keeps_all_that_waits()
    {
        await Uplink.Put("waits");
        Uplink = Uplink.Reopen();
        Script.TurnsAway = StreamScript.Refusal(Reason.DeviceQuarantined, StatusCode.PermissionDenied, "its identity is in two places");
        Uplink.Start();
        await RunningUplink.Until(() => Script.Hellos.Count >= 2, "it did not try again");
        Assert.Contains("DEVICE_QUARANTINED: its identity is in two places", Uplink.Status!.LastTrouble, StringComparison.Ordinal);

        Script.TurnsAway = null;
        await Acknowledged(1);

        Assert.NotEqual(Script.Hellos.First().Epoch, Script.Hellos.Last().Epoch);
        Assert.Equal("waits", Script.Reports.Single().Facts.Single().Hardware.Product);
    }
}
