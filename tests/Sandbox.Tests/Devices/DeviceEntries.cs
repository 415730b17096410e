using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Devices;
using Sandbox.Storage.Devices;
using Sandbox.Tests.Enrolment;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Devices;

/// <summary>What the evidence log gets of devices that come, go and are turned away.</summary>
public sealed class DeviceEntries : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_enrolment_is_an_entry_with_the_key_and_the_owner()
    {
        using var machine = await Machine.EnrolledAsync(_server);

        var body = Assert.Single(await BodiesAsync(EntryKind.Enrolment)).DeviceEnrolled;
        var device = await _server.InStoreAsync(db => db.Devices.SingleAsync());
        Assert.Equal(device.PublicKey, body.PublicKey.ToByteArray());
        Assert.Equal(device.OwnerId.ToByteArray(bigEndian: true), body.PersonId.ToByteArray());
        Assert.Equal(("bench-1", false, false), (body.DeviceName, body.HasReplaces, body.Continues));
    }

    [Fact]
    public async Task A_reply_that_was_lost_and_asked_for_again_is_one_entry()
    {
        using var machine = new Machine(_server);
        var token = await Machine.TokenAsync(_server);

        await machine.EnrolAsync(token);
        await machine.EnrolAsync(token);

        Assert.Single(await BodiesAsync(EntryKind.Enrolment));
    }

    [Fact]
    public async Task A_replacement_is_an_enrolment_and_the_end_of_the_other()
    {
        using var old = await Machine.EnrolledAsync(_server);
        var replaced = await _server.InStoreAsync(db => db.Devices.Select(x => x.Id).SingleAsync());
        using var machine = new Machine(_server);

        await machine.EnrolAsync(await Machine.TokenAsync(_server, replaces: replaced));

        Assert.Equal(replaced.ToBytes(), (await BodiesAsync(EntryKind.Enrolment))[^1].DeviceEnrolled.Replaces.ToByteArray());
        Assert.Equal(DeviceEnded.Types.How.Replaced, Assert.Single(await BodiesAsync(EntryKind.Revocation)).DeviceEnded.How);
    }

    [Theory]
    [InlineData(DeviceState.Retired, DeviceEnded.Types.How.Retired)]
    [InlineData(DeviceState.Revoked, DeviceEnded.Types.How.Revoked)]
    public async Task A_device_that_a_person_ends_is_an_entry_with_their_words(DeviceState state, DeviceEnded.Types.How how)
    {
        using var machine = await Machine.EnrolledAsync(_server);

        await EndAsync(state, "left in a train");
        await EndAsync(state, "again");

        var ended = Assert.Single(await BodiesAsync(EntryKind.Revocation)).DeviceEnded;
        Assert.Equal((how, "left in a train"), (ended.How, ended.Why));
    }

    [Fact]
    public async Task A_quarantined_device_can_be_revoked()
    {
        using var machine = await Machine.EnrolledAsync(_server);
        await _server.InStoreAsync(db => db.Devices.ExecuteUpdateAsync(set => set.SetProperty(x => x.State, DeviceState.Quarantined)));

        await EndAsync(DeviceState.Revoked, null);

        Assert.Equal(DeviceState.Revoked, await _server.InStoreAsync(db => db.Devices.Select(x => x.State).SingleAsync()));
    }

    [Fact]
    public async Task What_is_turned_away_again_and_again_is_one_entry()
    {
        using var machine = await Machine.EnrolledAsync(_server);
        await EndAsync(DeviceState.Retired, null);

        for (var i = 0; i < 3; i++) await Refusals.RefusedAsync(() => machine.RenewAsync());
        await Eventually.TrueAsync(async () => (await BodiesAsync(EntryKind.Refusal)).Count > 0);

        var away = Assert.Single(await BodiesAsync(EntryKind.Refusal)).TurnedAway;
        Assert.Equal((Reason.DeviceRetired, true), (away.Reason, away.HasDeviceId));
    }

    private async Task EndAsync(DeviceState state, string? why)
    {
        await using var scope = _server.App.Services.CreateAsyncScope();
        var device = await _server.InStoreAsync(db => db.Devices.Select(x => x.Id).SingleAsync());
        await scope.ServiceProvider.GetRequiredService<DeviceRecords>().EndAsync(device, state, why, TestContext.Current.CancellationToken);
    }

    private async Task<List<LogBody>> BodiesAsync(EntryKind kind) =>
        [.. (await _server.InStoreAsync(db => db.LogEntries.Where(x => x.Kind == kind).OrderBy(x => x.Id).ToListAsync())).Select(x => LogBody.Parser.ParseFrom(x.Body))];
}
