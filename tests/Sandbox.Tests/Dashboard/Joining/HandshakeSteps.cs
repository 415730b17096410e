using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Protocol;
using Sandbox.Server.Devices;
using Sandbox.Server.Live;
using Sandbox.Storage.Devices;
using Sandbox.Tests.Enrolment;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Dashboard.Joining;

/// <summary>The steps of a handshake as the page tells them, while a machine walks them.</summary>
public sealed class HandshakeSteps : PagesTest
{
    [Fact]
    public async Task A_new_code_waits_for_a_machine()
    {
        var (code, _) = await CodeAsync();

        Assert.Equal("made done, redeemed awaited, contact later, facts later, done later", await StepsAsync(code));
    }

    [Fact]
    public async Task A_redeemed_code_waits_for_the_agent()
    {
        var (code, token) = await CodeAsync();
        using var machine = new Machine(Server);

        await machine.EnrolAsync(token, "bench-7");

        Assert.Equal("made done, redeemed done, contact awaited, facts later, done later", await StepsAsync(code));
        Assert.Contains("by bench-7", await PageAsync(code), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_hello_tells_host_and_address()
    {
        var (code, device) = await RedeemedAsync();

        await HelloAsync(device, "bench-7.lab");

        Assert.Equal("made done, redeemed done, contact done, facts awaited, done later", await StepsAsync(code));
        Assert.Contains("bench-7.lab, from 192.0.2.44<", await PageAsync(code), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_facts_end_the_way_with_a_link_to_the_device()
    {
        var (code, device) = await RedeemedAsync();
        await HelloAsync(device, "bench-7.lab");

        await FactsAsync(device, SampleFacts.Policy());

        Assert.Equal("made done, redeemed done, contact done, facts done, done done", await StepsAsync(code));
        Assert.Contains($"href=\"/devices/{device.Id}\"", await PageAsync(code), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_code_says_so_and_what_to_do()
    {
        var (code, _) = await CodeAsync();
        Server.Time.Advance(TimeSpan.FromHours(2));

        Assert.StartsWith("made done, redeemed failed", await StepsAsync(code), StringComparison.Ordinal);
        Assert.Contains("No machine brought the code in time. Make a new one.", await PageAsync(code), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expired", "CODE_EXPIRED"), InlineData("withdrawn", "CODE_REVOKED"), InlineData("used", "CODE_USED")]
    public async Task A_machine_that_was_turned_away_with_the_code_is_told_in_words(string how, string reason)
    {
        var (code, token) = await CodeAsync();
        await SpoilAsync(code, token, how);
        using var late = new Machine(Server);

        await Refusals.RefusedAsync(() => late.EnrolAsync(token));

        using var mentor = await AsMentorAsync();
        await Eventually.TrueAsync(async () => (await mentor.ReadAsync($"/enrol/{code.Id}")).Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_device_that_was_revoked_since_is_not_called_done()
    {
        var (code, device) = await RedeemedAsync();
        await HelloAsync(device, "bench-7.lab");
        await FactsAsync(device, SampleFacts.Policy());
        await Server.InStoreAsync(db => db.Devices.Where(d => d.Id == device.Id).ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeviceState.Revoked)));

        Assert.EndsWith("done failed", await StepsAsync(code), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_apprentice_who_waits_hears_when_the_own_code_is_withdrawn_and_nothing_of_others()
    {
        using var apprentice = await AsApprenticeAsync();
        using var stream = await apprentice.OpenStreamAsync("/live?about=enrol");
        Assert.Equal("event: hello", await stream.ReadLineAsync(TestContext.Current.CancellationToken));

        Feed.Publish(new LiveEvent(null, LiveChange.Code, DateTimeOffset.UnixEpoch) { Person = Mentor.Id });
        Feed.Publish(new LiveEvent(null, LiveChange.Code, DateTimeOffset.UnixEpoch.AddSeconds(1)) { Person = Apprentice.Id });

        for (var line = 0; line < 2; line++) await stream.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Equal("event: change", await stream.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_device_that_goes_on_after_a_quarantine_is_awaited_although_it_was_heard_of_before()
    {
        var device = await DeviceAsync("lab-07", Apprentice);
        await FactsAsync(device, SampleFacts.Policy());
        var (code, _) = await CodeAsync();
        await Server.InStoreAsync(db => db.Codes.ExecuteUpdateAsync(
            set => set.SetProperty(c => c.RedeemedAt, Server.Time.GetUtcNow()).SetProperty(c => c.DeviceId, device.Id).SetProperty(c => c.Continues, device.Id)));

        Assert.Equal("made done, redeemed done, contact awaited, facts later, done later", await StepsAsync(code));
    }

    private async Task<(IssuedCode Code, byte[] Token)> CodeAsync()
    {
        await using var scope = Server.App.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<JoinCodes>().CreateAsync(Apprentice.Id, TimeSpan.FromHours(1), null, TestContext.Current.CancellationToken);
    }

    private async Task<(IssuedCode Code, Device Device)> RedeemedAsync()
    {
        var (code, token) = await CodeAsync();
        using var machine = new Machine(Server);
        await machine.EnrolAsync(token, "bench-7");
        return (code, await Server.InStoreAsync(db => db.Devices.SingleAsync()));
    }

    private Task<int> HelloAsync(Device device, string host) => Server.InStoreAsync(db =>
    {
        db.Sightings.Add(new Sighting { DeviceId = device.Id, At = Server.Time.GetUtcNow(), Session = 1, Peer = "::ffff:192.0.2.44", HostName = host, Epoch = new byte[16], Serial = [1] });
        return db.SaveChangesAsync();
    });

    private async Task SpoilAsync(IssuedCode code, byte[] token, string how)
    {
        if (how == "expired") Server.Time.Advance(TimeSpan.FromHours(2));
        if (how == "withdrawn") await Server.InStoreAsync(db => db.Codes.ExecuteUpdateAsync(set => set.SetProperty(c => c.RevokedAt, Server.Time.GetUtcNow())));
        if (how != "used") return;
        using var first = new Machine(Server);
        await first.EnrolAsync(token, $"bench-{code.ShortName()}");
    }

    private async Task<string> PageAsync(IssuedCode code)
    {
        using var mentor = await AsMentorAsync();
        return await mentor.ReadAsync($"/enrol/{code.Id}");
    }

    private async Task<string> StepsAsync(IssuedCode code) => string.Join(
        ", ", Regex.Matches(await PageAsync(code), "data-step=\"([a-z]+)\" data-state=\"([a-z]+)\"").Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value}"));
}
