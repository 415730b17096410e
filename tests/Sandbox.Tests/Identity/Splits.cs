using Microsoft.EntityFrameworkCore;
using Sandbox.Agent;
using Sandbox.Agent.Identity;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Tests.Enrolment;
using Sandbox.Tests.ServerHost;
using DeviceKey = Sandbox.Agent.Identity.DeviceKey;

namespace Sandbox.Tests.Identity;

/// <summary>Two machines with one identity become two devices again, and neither loses what it has not delivered.</summary>
public sealed class Splits : IAsyncLifetime
{
    private readonly TemporaryFolder _one = new();
    private readonly TemporaryFolder _two = new();
    private RunningServer _server = null!;
    private DeviceId _id;

    private AgentFolders One => new(_one.Path);

    private AgentFolders Two => new(_two.Path);

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        await RealAgent.EnrolAsync(One, await RealAgent.CodeAsync(_server));
        await using (var agent = RealAgent.Start(One))
        {
            await agent.PutAsync("before");
            await agent.DeliveredAsync();
            _id = agent.Identity.Device;
        }

        Copy(One.Root, Two.Root);
        await SetStateAsync(DeviceState.Quarantined);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _one.Dispose();
        _two.Dispose();
    }

    [Fact]
    public async Task The_right_one_goes_on_as_the_device_with_a_new_key_and_delivers_what_waits()
    {
        await WriteUnheardAsync(One, "waits");
        var key = File.ReadAllText(One.Key);

        var enrolled = await RealAgent.EnrolAsync(One, (await RealAgent.SplitAsync(_server)).Right);
        await using var agent = RealAgent.Start(One);
        await agent.DeliveredAsync();

        Assert.Equal(_id.ToString(), enrolled.Record.DeviceId);
        Assert.NotEqual(key, File.ReadAllText(One.Key));
        Assert.Equal(key, File.ReadAllText(Path.Combine(enrolled.Aside!, "device.key")));
        Assert.Equal(["before", "waits"], await ReportedAsync(_id));
    }

    [Fact]
    public async Task What_both_did_before_the_split_does_not_shut_the_right_one_out_again()
    {
        await _server.InStoreAsync(async db =>
        {
            var serial = await db.Devices.Select(x => x.CurrentSerial).SingleAsync();
            for (byte i = 0; i < 8; i++) db.Sightings.Add(TookOver((byte)(i % 2), serial));
            return await db.SaveChangesAsync();
        });
        await WriteUnheardAsync(One, "waits");

        await RealAgent.EnrolAsync(One, (await RealAgent.SplitAsync(_server)).Right);
        await using var agent = RealAgent.Start(One);
        await agent.DeliveredAsync();

        Assert.Equal(DeviceState.Active, await _server.InStoreAsync(db => db.Devices.Select(x => x.State).SingleAsync()));
        Assert.Equal(1, await _server.InStoreAsync(db => db.Sightings.CountAsync()));
    }

    [Fact]
    public async Task The_copy_becomes_a_device_of_its_own_with_a_new_spool()
    {
        var (right, other) = await RealAgent.SplitAsync(_server);
        await RealAgent.EnrolAsync(One, right);

        var enrolled = await RealAgent.EnrolAsync(Two, other);
        await using var agent = RealAgent.Start(Two);
        await agent.PutAsync("a device of its own");
        await agent.DeliveredAsync();

        Assert.NotEqual(_id, agent.Identity.Device);
        Assert.Equal(["a device of its own"], await ReportedAsync(agent.Identity.Device));
        Assert.True(Directory.Exists(Path.Combine(enrolled.Aside!, "spool")));
    }

    [Fact]
    public async Task The_log_has_the_new_key_and_the_end_of_the_quarantine()
    {
        await RealAgent.EnrolAsync(One, (await RealAgent.SplitAsync(_server)).Right);

        var bodies = await _server.InStoreAsync(db => db.LogEntries.Where(x => x.Kind == EntryKind.Enrolment || x.Kind == EntryKind.Quarantine).OrderBy(x => x.Id).Select(x => x.Body!).ToListAsync());
        var last = bodies.TakeLast(2).Select(x => LogBody.Parser.ParseFrom(x)).ToList();
        Assert.Single(last, x => x.DeviceQuarantined is { Released: true });
        Assert.Single(last, x => x.DeviceEnrolled is { Continues: true });
    }

    [Fact]
    public async Task The_old_key_is_dead_for_good()
    {
        using var old = DeviceIdentity.Load(Two);
        using var machine = new Machine(_server);
        var (right, other) = await RealAgent.SplitAsync(_server);
        await RealAgent.EnrolAsync(One, right);

        Assert.Equal("DEVICE_UNKNOWN", (await Refusals.RefusedAsync(() => machine.RenewAsync(certificate: old.Certificate))).Reason);
        Assert.Equal("KEY_TAKEN", (await Refusals.RefusedAsync(() => machine.EnrolAsync(other.Token.ToByteArray(), request: machine.Request(old.Key)))).Reason);
    }

    [Fact]
    public async Task After_a_lost_reply_the_same_code_leads_to_the_same_end()
    {
        var code = (await RealAgent.SplitAsync(_server)).Right;
        Agent.DurableFile.CreateFolder(One.Next.Root);
        using (var key = DeviceKey.LoadOrCreate(One.Next.Key))
        using (var machine = new Machine(_server))
            await machine.EnrolAsync(code.Token.ToByteArray(), request: machine.Request(key));

        var enrolled = await RealAgent.EnrolAsync(One, code);

        Assert.Equal(_id.ToString(), enrolled.Record.DeviceId);
        Assert.Single(await _server.InStoreAsync(db => db.Devices.ToListAsync()));
    }

    [Fact]
    public async Task A_crash_before_the_new_identity_took_its_place_is_finished_later()
    {
        var enrolled = await RealAgent.EnrolAsync(One, (await RealAgent.SplitAsync(_server)).Right);
        Directory.Move(One.Root, One.Next.Root);
        Directory.Move(enrolled.Aside!, One.Root);
        var succession = new Succession(One, TimeProvider.System);
        succession.Prepared(continues: true);

        succession.Finish();

        using var identity = DeviceIdentity.Load(One);
        Assert.Equal(File.ReadAllText(One.Key), File.ReadAllText(Path.Combine(_one.Path, "agent", "device.key")));
        Assert.True(Directory.Exists(One.Spool));
        Assert.False(Directory.Exists(One.Next.Root));
    }

    [Fact]
    public async Task While_its_agent_runs_a_machine_does_not_change_what_it_is()
    {
        var code = (await RealAgent.SplitAsync(_server)).Right;
        await using var agent = RealAgent.Start(One);

        var fault = await Assert.ThrowsAsync<SetupException>(() => RealAgent.EnrolAsync(One, code));

        Assert.Contains("Another sandbox-agent is using", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_code_to_go_on_with_does_not_bring_back_a_revoked_device()
    {
        var code = (await RealAgent.SplitAsync(_server)).Right;
        await SetStateAsync(DeviceState.Revoked);

        var fault = await Assert.ThrowsAsync<RefusedException>(() => RealAgent.EnrolAsync(One, code));

        Assert.Equal(Reason.DeviceRevoked, fault.Reason);
    }

    [Fact]
    public async Task Splitting_again_withdraws_the_code_of_before()
    {
        var before = (await RealAgent.SplitAsync(_server)).Right;
        await RealAgent.SplitAsync(_server);

        var fault = await Assert.ThrowsAsync<RefusedException>(() => RealAgent.EnrolAsync(One, before));

        Assert.Equal(Reason.CodeRevoked, fault.Reason);
    }

    [Fact]
    public async Task An_active_device_is_not_split()
    {
        await SetStateAsync(DeviceState.Active);

        var (code, _, error) = await Commands.RunAsync(_server.Folder, "devices", "split", "bench-1");

        Assert.Equal((2, true), (code, error.StartsWith("bench-1 is not in quarantine", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_command_prints_a_code_for_each_machine()
    {
        var output = await Commands.DoneAsync(_server.Folder, "devices", "split", "bench-1");

        Assert.Equal(2, output.Split('\n').Count(line => line.StartsWith("sbx1_", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_device_whose_machine_was_set_back_is_released_and_reports_on()
    {
        await WriteUnheardAsync(One, "while it was shut out");

        await Commands.DoneAsync(_server.Folder, "devices", "release", "bench-1");
        await using var agent = RealAgent.Start(One);
        await agent.DeliveredAsync();

        Assert.Equal(["before", "while it was shut out"], await ReportedAsync(_id));
    }

    [Fact]
    public async Task Releasing_a_device_that_is_not_shut_out_changes_nothing()
    {
        await SetStateAsync(DeviceState.Active);

        Assert.Contains("nothing changed", await Commands.DoneAsync(_server.Folder, "devices", "release", "bench-1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_was_set_back_behind_its_renewal_is_let_in_again_by_a_release()
    {
        await SetStateAsync(DeviceState.Active);
        var current = new byte[] { 1 };
        await _server.InStoreAsync(db => db.Devices.ExecuteUpdateAsync(set => set.SetProperty(x => x.CurrentSerial, current)));
        await using var agent = RealAgent.Start(One);
        await agent.PutAsync("after");
        await Eventually.TrueAsync(() => _server.InStoreAsync(db => db.Sightings.AnyAsync(x => x.Session == 0)));

        await Commands.DoneAsync(_server.Folder, "devices", "release", "bench-1");

        await agent.DeliveredAsync();
        Assert.Equal(["before", "after"], await ReportedAsync(_id));
    }

    // A moment ago, one of two machines.
    private Sighting TookOver(byte machine, byte[] serial) => new()
    {
        DeviceId = _id,
        At = _server.Time.GetUtcNow(),
        Session = 1,
        Peer = "127.0.0.1",
        BootId = [.. Enumerable.Repeat(machine, 16)],
        Epoch = [.. Enumerable.Repeat(machine, 16)],
        Serial = serial,
    };

    // The agent wrote this while nobody listened.
    private async Task WriteUnheardAsync(AgentFolders folders, string name)
    {
        await using var agent = RealAgent.Start(folders);
        await agent.PutAsync(name);
    }

    private async Task SetStateAsync(DeviceState state) =>
        await _server.InStoreAsync(db => db.Devices.ExecuteUpdateAsync(set => set.SetProperty(x => x.State, state)));

    private async Task<List<string>> ReportedAsync(DeviceId device) =>
        [.. (await _server.InStoreAsync(db => db.Reports.Where(x => x.DeviceId == device).OrderBy(x => x.Id).Select(x => x.Bytes).ToListAsync()))
            .SelectMany(bytes => Report.Parser.ParseFrom(bytes).Facts).Select(fact => fact.Hardware.Product)];

    private static void Copy(string from, string to)
    {
        Agent.DurableFile.CreateFolder(to);
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from)) Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
