using Microsoft.Extensions.Time.Testing;
using Sandbox.Agent;
using Sandbox.Agent.Uplink;
using Sandbox.Tests.Uplink;

namespace Sandbox.Tests.Identity;

public sealed class DeviceStatusTests : IDisposable
{
    private readonly LabAuthority _authority = new();
    private readonly EnrolledDevice _device;
    private readonly FakeTimeProvider _time = new(LabAuthority.Now);

    public DeviceStatusTests() => _device = new EnrolledDevice(_authority, "lab:7444");

    [Fact]
    public void Who_is_not_enrolled_is_told_how_to_become_so()
    {
        using var empty = new TemporaryFolder();

        var fault = Assert.Throws<SetupException>(() => DeviceStatus.Read(new AgentFolders(empty.Path), _time));

        Assert.Contains("If its agent has another folder, name that with --data DIR. Else", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith($"type: {Typed.Agent("enrol -")} --data {empty.Path}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_agent_that_never_ran_is_not_connected()
    {
        var status = DeviceStatus.Read(_device.Folders, _time);

        Assert.False(status.Connected);
        Assert.Null(status.LastContact);
        Assert.Contains("Last contact     none since the agent last started", status.Lines(_time.GetUtcNow()));
    }

    [Fact]
    public void An_agent_that_does_not_run_is_told_with_what_starts_it_and_one_that_runs_is_not()
    {
        using (Agent.Uplink.Spool.Open(_device.Folders.Spool)) Assert.True(Status().Running);

        Assert.False(Status().Running);
        Assert.Contains($"Agent            does not run. Type: {Typed.Agent("run")} --data {Path.GetDirectoryName(_device.Folders.Root)}", Status().Lines(_time.GetUtcNow()));

        DeviceStatus Status() => DeviceStatus.Read(_device.Folders, _time);
    }

    [Theory]
    [InlineData(179, true), InlineData(180, false)]
    public void Three_minutes_of_silence_are_no_connection(int seconds, bool connected)
    {
        using var spool = Agent.Uplink.Spool.Open(_device.Folders.Spool);
        var then = _time.GetUtcNow();
        new AgentStatus { Process = 1, ConnectedSince = then, LastContact = then }.Write(_device.Folders.Status);
        _time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(connected, DeviceStatus.Read(_device.Folders, _time).Connected);
    }

    [Fact]
    public void An_agent_that_was_killed_is_not_connected_whatever_it_said_last()
    {
        new AgentStatus { Process = 1, ConnectedSince = _time.GetUtcNow(), LastContact = _time.GetUtcNow() }.Write(_device.Folders.Status);

        var status = DeviceStatus.Read(_device.Folders, _time);
        Assert.Equal((false, null), (status.Connected, status.ConnectedSince));
    }

    [Fact]
    public void The_folder_that_stood_for_root_the_last_time_is_told_and_is_part_of_what_starts_the_agent_again()
    {
        new LastRoot(_device.Folders).Take("/mnt/disk", change: false);

        var status = DeviceStatus.Read(_device.Folders, _time);

        Assert.Equal("/mnt/disk", status.Root);
        Assert.Contains("Files of         /mnt/disk, not of this machine", status.Lines(_time.GetUtcNow()));
        Assert.Contains(status.Lines(_time.GetUtcNow()), line => line.StartsWith("Agent ", StringComparison.Ordinal) && line.EndsWith(" --root /mnt/disk", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_this_machines_own_files_nothing_is_said()
    {
        new LastRoot(_device.Folders).Take("/", change: false);

        Assert.DoesNotContain(DeviceStatus.Read(_device.Folders, _time).Lines(_time.GetUtcNow()), line => line.Contains("Files of", StringComparison.Ordinal) || line.Contains("--root", StringComparison.Ordinal));
    }

    [Fact]
    public void The_last_refusal_is_told_in_words()
    {
        new AgentStatus { Process = 1, LastTrouble = "DEVICE_REVOKED: ask your mentor" }.Write(_device.Folders.Status);

        Assert.Contains("Trouble          DEVICE_REVOKED: ask your mentor", DeviceStatus.Read(_device.Folders, _time).Lines(_time.GetUtcNow()));
    }

    [Fact]
    public void Waiting_reports_are_counted_while_the_agent_holds_the_spool()
    {
        using var spool = Agent.Uplink.Spool.Open(_device.Folders.Spool);
        spool.Append([Spool.SpoolFolder.Report(1), Spool.SpoolFolder.Report(2), Spool.SpoolFolder.Report(3)]);
        spool.Acknowledge(1);

        Assert.Equal(2UL, DeviceStatus.Read(_device.Folders, _time).UnacknowledgedReports);
    }

    [Fact]
    public void The_certificates_end_is_told()
    {
        var status = DeviceStatus.Read(_device.Folders, _time);

        Assert.Contains(status.Lines(_time.GetUtcNow()), line => line.StartsWith("Certificate      ends in 11 days", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _device.Dispose();
        _authority.Dispose();
    }
}
