using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Tests.Enrolment;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Devices;

/// <summary>Commands beside a running server.</summary>
public sealed class DevicesCommandTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task List_shows_each_device_on_a_line()
    {
        using var machine = await Machine.EnrolledAsync(_server, "bench-1");

        var output = await Commands.DoneAsync(_server.Folder, "devices", "list");

        var device = await Device();
        Assert.StartsWith($"ID\tNAME\tOWNER\tSTATE\tLAST SEEN\tCERTIFICATE ENDS\tGROUPS\n{device.Id.ToString()[..8]}\tbench-1\tadmin\tactive\tnever\t", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_as_JSON_says_null_for_what_is_not_known()
    {
        using var machine = await Machine.EnrolledAsync(_server, "bench-1");

        using var json = JsonDocument.Parse(await Commands.DoneAsync(_server.Folder, "devices", "list", "--json"));

        var device = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal(JsonValueKind.Null, device.GetProperty("lastSeenAt").ValueKind);
        Assert.Equal(32, device.GetProperty("id").GetString()!.Length);
    }

    [Fact]
    public async Task A_name_from_a_machine_cannot_add_columns()
    {
        using var machine = await Machine.EnrolledAsync(_server, "a b");
        await _server.InStoreAsync(db => db.Devices.ExecuteUpdateAsync(set => set.SetProperty(x => x.Name, "a\tb\u001b[2J")));

        var output = await Commands.DoneAsync(_server.Folder, "devices", "list");

        Assert.Contains("\ta b [2J\t", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_device_is_refused_at_its_next_call()
    {
        using var machine = await Machine.EnrolledAsync(_server, "bench-1");

        await Commands.DoneAsync(_server.Folder, "devices", "revoke", "bench-1", "--reason", "lost on the train");

        Assert.Equal("DEVICE_REVOKED", (await Refusals.RefusedAsync(() => machine.RenewAsync())).Reason);
        Assert.Equal((DeviceState.Revoked, "lost on the train"), ((await Device()).State, (await Device()).StateReason));
    }

    [Fact]
    public async Task Retired_may_still_become_revoked_but_not_the_other_way()
    {
        using var machine = await Machine.EnrolledAsync(_server, "bench-1");
        await Commands.DoneAsync(_server.Folder, "devices", "retire", "bench-1");
        await Commands.DoneAsync(_server.Folder, "devices", "revoke", "bench-1");

        var output = await Commands.DoneAsync(_server.Folder, "devices", "retire", "bench-1");

        Assert.Equal("bench-1 was revoked already; nothing changed.\n", output);
        Assert.Equal(DeviceState.Revoked, (await Device()).State);
    }

    [Fact]
    public async Task A_device_is_found_by_the_first_digits_of_its_id()
    {
        using var machine = await Machine.EnrolledAsync(_server, "bench-1");

        await Commands.DoneAsync(_server.Folder, "devices", "rename", (await Device()).Id.ToString()[..6], "door");

        Assert.Equal("door", (await Device()).Name);
    }

    [Fact]
    public async Task A_name_that_another_active_device_has_is_refused()
    {
        using var one = await Machine.EnrolledAsync(_server, "one");
        using var two = await Machine.EnrolledAsync(_server, "two");

        var (code, _, error) = await Commands.RunAsync(_server.Folder, "devices", "rename", "two", "ONE");

        Assert.Equal(2, code);
        Assert.Contains("Another active device is called ONE", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistyped_name_shows_those_near_it()
    {
        using var one = await Machine.EnrolledAsync(_server, "bench-1");
        using var two = await Machine.EnrolledAsync(_server, "printer");

        var (code, _, error) = await Commands.RunAsync(_server.Folder, "devices", "retire", "bnech-1");

        Assert.Equal(2, code);
        Assert.StartsWith("There is no device 'bnech-1'. Near it: bench-1 (", error, StringComparison.Ordinal);
        Assert.DoesNotContain("printer", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_with_one_name_the_active_one_is_meant()
    {
        using var old = await Machine.EnrolledAsync(_server, "bench");
        await Commands.DoneAsync(_server.Folder, "devices", "retire", "bench");
        using var young = await Machine.EnrolledAsync(_server, "bench");

        await Commands.DoneAsync(_server.Folder, "devices", "rename", "bench", "young");

        Assert.Equal([("bench", DeviceState.Retired), ("young", DeviceState.Active)],
            await _server.InStoreAsync(async db => (await db.Devices.OrderBy(x => x.Name).ToListAsync()).ConvertAll(x => (x.Name, x.State))));
    }

    [Fact]
    public async Task Replace_prints_a_code_that_takes_the_devices_place()
    {
        using var old = await Machine.EnrolledAsync(_server, "door");
        var text = await Commands.DoneAsync(_server.Folder, "devices", "replace", "door", "--quiet");
        Assert.True(JoinCode.TryRead(text, out var code, out _));
        using var machine = new Machine(_server);

        var reply = await machine.EnrolAsync(code.Token.ToByteArray(), "other");

        Assert.Equal("door", reply.DeviceName);
        Assert.Equal("DEVICE_RETIRED", (await Refusals.RefusedAsync(() => old.RenewAsync())).Reason);
    }

    private Task<Device> Device() => _server.InStoreAsync(db => db.Devices.AsNoTracking().SingleAsync());
}
