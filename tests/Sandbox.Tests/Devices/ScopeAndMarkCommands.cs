using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Tests.Enrolment;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Devices;

/// <summary>Groups, roles and marks on the command line.</summary>
public sealed class ScopeAndMarkCommands : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_device_is_put_into_a_group_listed_with_it_and_taken_out()
    {
        using var machine = await Machine.EnrolledAsync(_server, "bench-1");

        Assert.Equal("bench-1 is in the group laptops.", (await DoneAsync("group", "bench-1", "laptops")).Trim());
        Assert.Equal("bench-1 is in the group laptops, as before.", (await DoneAsync("group", "bench-1", "laptops")).Trim());
        Assert.EndsWith("\tlaptops", (await DoneAsync("list")).TrimEnd(), StringComparison.Ordinal);
        Assert.Equal("bench-1 is not in the group laptops.", (await DoneAsync("group", "bench-1", "laptops", "--remove")).Trim());
    }

    [Fact]
    public async Task A_group_that_the_policy_does_not_name_is_told_with_those_that_it_names()
    {
        using var machine = await Machine.EnrolledAsync(_server, "bench-1");

        Assert.Equal("bench-1 is in the group laptop.\nThe policy lab-default/2 names no such group, so nothing is different for it; it names laptops.", (await DoneAsync("group", "bench-1", "laptop")).Trim());
    }

    [Fact]
    public async Task Of_a_mark_on_every_device_it_is_said_how_many_have_such_an_account() =>
        Assert.EndsWith("No device has said that it has such an account: is the name right?", (await DoneAsync("mark", "noor", "--since", "2026-01-02", "--reason", "a note")).TrimEnd(), StringComparison.Ordinal);

    [Fact]
    public async Task A_role_is_given_and_left_to_what_the_device_does_again()
    {
        using var machine = await Machine.EnrolledAsync(_server, "bench-1");

        Assert.Equal("bench-1 is a server.", (await DoneAsync("role", "bench-1", "server")).Trim());
        Assert.Equal(DeviceRole.Server, await _server.InStoreAsync(db => db.Devices.Select(x => x.Role).SingleAsync()));
        Assert.Equal("What bench-1 does tells what it is for.", (await DoneAsync("role", "bench-1", "by-itself")).Trim());
    }

    [Fact]
    public async Task An_account_is_marked_listed_and_the_mark_taken_back()
    {
        using var machine = await Machine.EnrolledAsync(_server, "bench-1");

        Assert.StartsWith("noor on bench-1 is marked as known to others since 2026-01-02 (", await DoneAsync("mark", "noor", "--since", "2026-01-02", "--reason", "a note", "--device", "bench-1"), StringComparison.Ordinal);
        Assert.EndsWith("\tnoor\tbench-1\t2026-01-02\ta note", (await DoneAsync("marks")).TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("\"account\": \"noor\"", await DoneAsync("marks", "--json"), StringComparison.Ordinal);
        Assert.Equal("noor on bench-1 is not marked any more.", (await DoneAsync("unmark", "noor")).Trim());
        Assert.DoesNotContain("noor", await DoneAsync("marks"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'My Kiosks' cannot be the name of a group", "group", "bench-1", "My Kiosks"), InlineData("'router' is no role: use workstation, server or by-itself", "role", "bench-1", "router"), InlineData("'soon' is no day", "mark", "noor", "--since", "soon", "--reason", "a note")]
    public async Task What_cannot_be_says_what_to_type(string words, params string[] args)
    {
        using var machine = await Machine.EnrolledAsync(_server, "bench-1");

        var (code, _, error) = await Commands.RunAsync(_server.Folder, ["devices", .. args]);

        Assert.NotEqual(0, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    private Task<string> DoneAsync(params string[] args) => Commands.DoneAsync(_server.Folder, ["devices", .. args]);
}
