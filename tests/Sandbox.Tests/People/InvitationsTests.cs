using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Server.People;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.People;

/// <summary>One-time links by the server's own clock and store.</summary>
public sealed class InvitationsTests : IAsyncLifetime
{
    private RunningServer _server = null!;
    private Guid _person;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        _person = await _server.InStoreAsync(db => db.Users.Select(x => x.Id).SingleAsync());
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_link_works_once()
    {
        var token = await InScope(x => x.CreateAsync(_person, Invitations.SetupLife, by: null, Ct));

        Assert.True(await InScope(x => x.RedeemAsync(token, _ => Task.FromResult(true), Ct)));
        Assert.False(await InScope(x => x.RedeemAsync(token, _ => Task.FromResult(true), Ct)));
        Assert.Null(await InScope(x => x.FindAsync(token, Ct)));
    }

    [Fact]
    public async Task A_password_that_is_refused_leaves_the_link_good()
    {
        var token = await InScope(x => x.CreateAsync(_person, Invitations.SetupLife, by: null, Ct));

        Assert.False(await InScope(x => x.RedeemAsync(token, _ => Task.FromResult(false), Ct)));

        Assert.NotNull(await InScope(x => x.FindAsync(token, Ct)));
    }

    [Fact]
    public async Task Of_two_at_once_one_wins()
    {
        var token = await InScope(x => x.CreateAsync(_person, Invitations.SetupLife, by: null, Ct));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => InScope(x => x.RedeemAsync(token, _ => Task.FromResult(true), Ct))));

        Assert.Single(outcomes, true);
    }

    [Fact]
    public async Task Its_end_is_the_servers_own()
    {
        var token = await InScope(x => x.CreateAsync(_person, Invitations.SetupLife, by: null, Ct));

        _server.Time.Advance(Invitations.SetupLife);

        Assert.Null(await InScope(x => x.FindAsync(token, Ct)));
        Assert.False(await InScope(x => x.RedeemAsync(token, _ => Task.FromResult(true), Ct)));
    }

    [Fact]
    public async Task A_new_link_ends_the_one_before()
    {
        var first = await InScope(x => x.CreateAsync(_person, Invitations.JoinLife, by: null, Ct));

        var second = await InScope(x => x.CreateAsync(_person, Invitations.JoinLife, by: null, Ct));

        Assert.Null(await InScope(x => x.FindAsync(first, Ct)));
        Assert.NotNull(await InScope(x => x.FindAsync(second, Ct)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not hexadecimal digits, 32 long..")]
    [InlineData("00000000000000000000000000000000")]
    public async Task Anything_else_finds_nobody(string? token) =>
        Assert.Null(await InScope(x => x.FindAsync(token, Ct)));

    [Fact]
    public async Task The_store_keeps_no_token()
    {
        var token = await InScope(x => x.CreateAsync(_person, Invitations.JoinLife, by: null, Ct));

        var row = await _server.InStoreAsync(db => db.Invitations.SingleAsync());

        Assert.NotEqual(token, Convert.ToHexStringLower(row.TokenHash)[..32]);
    }

    [Fact]
    public async Task A_command_prints_a_link_that_works_and_the_log_stays_silent()
    {
        var link = (await Commands.DoneAsync(_server.Folder, "people", "add", "elif", "--role", "apprentice", "--display-name", "Elif Y.")).Trim();

        Assert.StartsWith($"https://localhost:{_server.WebPort}/join#", link, StringComparison.Ordinal);
        var token = link[^32..];
        Assert.NotNull(await InScope(x => x.FindAsync(token, Ct)));
        Assert.DoesNotContain(_server.Log, line => line.Contains(token, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("admin", "already somebody called admin")]
    [InlineData("no good", "cannot be a sign-in name")]
    public async Task A_name_that_cannot_be_is_refused(string name, string words)
    {
        var (code, _, error) = await Commands.RunAsync(_server.Folder, "people", "add", name, "--role", "mentor");

        Assert.Equal(2, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Equal(1, await _server.InStoreAsync(db => db.Users.CountAsync()));
    }

    [Fact]
    public async Task Once_an_admin_has_a_password_there_is_no_more_set_up_link()
    {
        await _server.InStoreAsync(db => db.Users.ExecuteUpdateAsync(set => set.SetProperty(x => x.PasswordHash, "set")));

        var (code, _, error) = await Commands.RunAsync(_server.Folder, "setup-link");

        Assert.Equal(2, code);
        Assert.Contains("people link NAME", error, StringComparison.Ordinal);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<T> InScope<T>(Func<Invitations, Task<T>> work)
    {
        await using var scope = _server.App.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<Invitations>());
    }
}
