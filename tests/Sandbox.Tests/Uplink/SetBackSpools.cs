using Grpc.Core;
using Sandbox.Protocol;

namespace Sandbox.Tests.Uplink;

/// <summary>A spool that was set back or copied, as its agent notices it.</summary>
public sealed class SetBackSpools : IAsyncLifetime
{
    private readonly LabAuthority _authority = new();
    private LabServer _server = null!;
    private EnrolledDevice _device = null!;
    private RunningUplink _uplink = null!;

    private StreamScript Script => _server.Streams;

    public async ValueTask InitializeAsync()
    {
        _server = await LabServer.StartAsync(_authority);
        _device = new EnrolledDevice(_authority, _server.Address);
        _uplink = new RunningUplink(_device);
    }

    public async ValueTask DisposeAsync()
    {
        await _uplink.DisposeAsync();
        _device.Dispose();
        await _server.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public async Task A_server_that_knows_more_than_the_spool_gets_a_new_epoch()
    {
        await _uplink.Put("a");
        Script.Known = 9;
        _uplink.Start();
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
        await _uplink.Put("waits");
        var before = _uplink.Spool.Bytes;

        _uplink.Spool.BeginEpoch();

        Assert.True(_uplink.Spool.Carried.Any);
        Assert.InRange(_uplink.Spool.Bytes, before, before + Agent.Uplink.Segment.HeaderLength);
    }

    [Fact]
    public async Task A_spool_that_was_set_back_is_noticed_though_it_has_grown_past_the_server_meanwhile()
    {
        await _uplink.Put("before the snapshot");
        Script.Known = 2;
        var restored = _uplink.Spool.Epoch;
        _uplink = _uplink.Reopen();
        foreach (var name in (string[])["after", "it", "was restored"]) await _uplink.Put(name);

        _uplink.Start();
        await Stream(1);
        Script.Known = 0;
        await Stream(2);
        await Acknowledged(4);

        Assert.NotEqual(restored, Script.Hellos.Last().Epoch.ToByteArray());
        Assert.Equal(["before the snapshot", "after", "it", "was restored"], Script.Reports.Select(r => r.Facts.Single().Hardware.Product));
    }

    [Fact]
    public async Task Nor_is_another_report_of_the_server_taken_for_the_spools_own_after_a_start_of_the_agent()
    {
        foreach (var name in (string[])["a", "b", "c"]) await _uplink.Put(name);
        var copied = _uplink.Spool.Epoch;
        _uplink = _uplink.Reopen();
        (Script.Known, Script.KnownHash) = (2, new byte[32]);

        _uplink.Start();
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
        foreach (var name in (string[])["a", "b", "c"]) await _uplink.Put(name);
        _uplink = _uplink.Reopen();
        (Script.Known, Script.KnownHash) = (2, ReportHash.Of(EnrolledDevice.Device, _uplink.Spool.ReportAt(2)!.Span));

        _uplink.Start();
        await Stream(1);
        await Acknowledged(3);

        Assert.Single(Script.Hellos);
        Assert.Equal(["c"], Script.Reports.Select(r => r.Facts.Single().Hardware.Product));
    }

    [Fact]
    public async Task What_was_written_anew_before_a_crash_is_not_written_twice()
    {
        foreach (var name in (string[])["a", "b", "c"]) await _uplink.Put(name);
        var epoch = _uplink.Spool.Epoch;
        _uplink.Spool.BeginEpoch();
        var carried = Directory.GetDirectories(_device.Folders.Spool, "carried-*").Single();
        var kept = Directory.CreateTempSubdirectory("sandbox-carried-").FullName;
        foreach (var file in Directory.GetFiles(carried)) File.Copy(file, Path.Combine(kept, Path.GetFileName(file)));
        await _uplink.Writer.BeginEpochAsync(Ct);
        Assert.False(_uplink.Spool.Carried.Any);

        // As a crash leaves it that comes before the last of what was carried is deleted.
        Directory.Move(kept, carried);
        _uplink = _uplink.Reopen();
        await _uplink.Put("d");
        _uplink.Start();
        await Acknowledged(4);

        Assert.Equal(["a", "b", "c", "d"], Script.Reports.Select(r => r.Facts.Single().Hardware.Product));
        Assert.Equal(epoch, Script.Reports.First().CarriedFrom.Epoch.ToByteArray());
        Assert.Empty(Directory.GetDirectories(_device.Folders.Spool, "carried-*"));
    }

    [Fact]
    public async Task A_hello_says_which_machine_speaks_and_where_its_chain_stands()
    {
        await _uplink.Put("a");
        _uplink = _uplink.Reopen().Start();
        await Stream(1);

        var hello = Script.Hellos.First();
        Assert.Equal((File.ReadAllText("/proc/sys/kernel/hostname").Trim(), 16, 1UL, 32), (hello.HostName, hello.BootId.Length, hello.LastSequence, hello.LastHash.Length));
    }

    [Fact]
    public async Task A_machine_in_quarantine_parts_from_its_epoch_and_keeps_all_that_waits()
    {
        await _uplink.Put("waits");
        _uplink = _uplink.Reopen();
        Script.TurnsAway = StreamScript.Refusal(Reason.DeviceQuarantined, StatusCode.PermissionDenied, "its identity is in two places");
        _uplink.Start();
        await RunningUplink.Until(() => Script.Hellos.Count >= 2, "it did not try again");
        Assert.Contains("DEVICE_QUARANTINED: its identity is in two places", _uplink.Status!.LastTrouble, StringComparison.Ordinal);

        Script.TurnsAway = null;
        await Acknowledged(1);

        Assert.NotEqual(Script.Hellos.First().Epoch, Script.Hellos.Last().Epoch);
        Assert.Equal("waits", Script.Reports.Single().Facts.Single().Hardware.Product);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Task Stream(int number) => RunningUplink.Until(() => Script.Hellos.Count >= number, $"stream {number} did not come");

    private Task Acknowledged(ulong sequence) => RunningUplink.Until(
        () => _uplink.Spool.Acknowledged >= sequence, $"{sequence} was not acknowledged; {_uplink.Status?.LastTrouble}");
}
