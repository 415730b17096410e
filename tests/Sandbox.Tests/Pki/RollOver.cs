using Microsoft.EntityFrameworkCore;
using Sandbox.Agent;
using Sandbox.Agent.Uplink;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Pki;
using Sandbox.Tests.Identity;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Pki;

/// <summary>Another CA takes over, rehearsed with a real agent that is on and one that sleeps through it.</summary>
public sealed class RollOver : IAsyncLifetime
{
    private readonly TemporaryFolder _awake = new();
    private readonly TemporaryFolder _asleep = new();
    private RunningServer _server = null!;

    private AgentFolders Awake => new(_awake.Path);

    private AgentFolders Asleep => new(_asleep.Path);

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        await RealAgent.EnrolAsync(Awake, await RealAgent.CodeAsync(_server), "awake");
        await RealAgent.EnrolAsync(Asleep, await RealAgent.CodeAsync(_server), "asleep");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _awake.Dispose();
        _asleep.Dispose();
    }

    [Fact]
    public async Task A_device_that_is_on_reports_through_all_of_it()
    {
        await using var agent = RealAgent.Start(Awake);
        await ReportsAsync(agent, "before");

        await StepAsync();
        await RenewAsync(agent);
        await ReportsAsync(agent, "prepared");
        await StepAsync("--switch", "--force");
        await ReportsAsync(agent, "switched");
        await StepAsync("--finish", "--force");

        await ReportsAsync(agent, "finished");
    }

    [Fact]
    public async Task The_next_one_does_not_take_over_while_a_device_has_not_heard_of_it()
    {
        await using var agent = RealAgent.Start(Awake);
        await StepAsync();
        await RenewAsync(agent);
        await ReportsAsync(agent, "renewed");

        var (code, _, error) = await Commands.RunAsync(_server.Folder, "keys", "roll", "ca", "--switch");

        Assert.Equal(2, code);
        Assert.StartsWith("1 devices have not heard of the next CA: asleep.", error, StringComparison.Ordinal);
        Assert.Equal(CaPhase.Prepared, CaRoll.Phase(_server.Folder.Folders));
    }

    [Fact]
    public async Task A_device_that_slept_through_it_is_told_what_to_do_and_a_new_code_does_it()
    {
        await StepAsync();
        await StepAsync("--switch", "--force");
        await using (var agent = RealAgent.Start(Asleep))
        {
            await agent.PutAsync("waits");
            await Eventually.TrueAsync(() => Task.FromResult(AgentStatus.Read(Asleep.Status)?.LastTrouble?.Contains("ask for a new join code", StringComparison.Ordinal) == true));
        }

        var enrolled = await RealAgent.EnrolAsync(Asleep, await RealAgent.CodeAsync(_server));

        Assert.NotNull(enrolled.Aside);
        await using var again = RealAgent.Start(Asleep);
        await ReportsAsync(again, "again");
    }

    [Fact]
    public async Task Certificates_of_the_one_before_count_until_it_is_given_up()
    {
        await StepAsync();
        await using var agent = RealAgent.Start(Awake);
        await RenewAsync(agent);
        await ReportsAsync(agent, "renewed");
        var device = agent.Identity.Certificate;

        await StepAsync("--switch", "--force");

        Assert.Equal(2, _server.Keys.Authority.Trusted.Count);
        Assert.Equal(device.Issuer, _server.Keys.Authority.Certificate.Subject);
    }

    [Fact]
    public async Task A_join_code_pins_the_CA_of_its_time()
    {
        var before = _server.Keys.Authority.Pin;
        await StepAsync();
        Assert.Equal(before, _server.Keys.Authority.Pin);
        var next = _server.Keys.Authority.DevicePin;

        await StepAsync("--switch", "--force");

        Assert.Equal(next, _server.Keys.Authority.Pin);
        var text = await Commands.DoneAsync(_server.Folder, "codes", "new", "admin", "--quiet");
        Assert.True(JoinCode.TryRead(text, out var code, out _));
        Assert.Equal(next, code.CaPin.ToByteArray());
    }

    [Fact]
    public async Task It_is_an_entry_of_the_log_with_both_pins()
    {
        var before = Convert.ToHexStringLower(_server.Keys.Authority.Pin);
        await StepAsync();

        await StepAsync("--switch", "--force");

        var rolled = LogBody.Parser.ParseFrom(await _server.InStoreAsync(db => db.LogEntries.Where(x => x.Kind == EntryKind.Key).Select(x => x.Body).SingleAsync())).KeyRolled;
        Assert.Equal(("ca", before, Convert.ToHexStringLower(_server.Keys.Authority.Pin)), (rolled.Key, rolled.Before, rolled.After));
    }

    [Fact]
    public async Task A_switch_that_a_crash_cut_short_is_finished_at_the_next_start()
    {
        await StepAsync();
        var next = _server.Keys.Authority.DevicePin;
        var pki = _server.Folder.Folders.Pki;

        _server = await _server.RestartAsync(() =>
        {
            foreach (var ending in (string[])[".key", ".crt"]) File.Copy(Path.Combine(pki, "ca" + ending), Path.Combine(pki, "ca-before" + ending));
            File.Copy(Path.Combine(pki, "ca-next.key"), Path.Combine(pki, "ca.key"), overwrite: true);
            return Task.CompletedTask;
        });

        Assert.Equal(next, _server.Keys.Authority.Pin);
        Assert.Equal(CaPhase.Switched, CaRoll.Phase(_server.Folder.Folders));
    }

    [Theory]
    [InlineData("--switch", "No roll-over of the CA has begun")]
    [InlineData("--finish", "No roll-over of the CA has begun")]
    public async Task Steps_are_not_skipped(string step, string words)
    {
        var (code, _, error) = await Commands.RunAsync(_server.Folder, "keys", "roll", "ca", step);

        Assert.Equal(2, code);
        Assert.StartsWith(words, error, StringComparison.Ordinal);
    }

    private async Task StepAsync(params string[] step) =>
        _server = await _server.RestartAsync(() => Commands.DoneAsync(_server.Folder, ["keys", "roll", "ca", .. step]));

    // Until the renewed certificate is in use: the server cannot know before that its reply arrived.
    private async Task RenewAsync(RealAgent agent)
    {
        for (var i = 0; i < 100 && agent.Identity.Authorities.Count < 2; i++)
        {
            agent.Identity.Expired.Beat();
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Equal(2, agent.Identity.Authorities.Count);
        var pin = _server.Keys.Authority.DevicePin;
        await Eventually.TrueAsync(() => _server.InStoreAsync(db => db.Devices.AnyAsync(x => x.Name == "awake" && x.NextSerial == null && x.IssuerPin == pin)));
    }

    private static async Task ReportsAsync(RealAgent agent, string name)
    {
        await agent.PutAsync(name);
        await agent.DeliveredAsync();
    }
}
