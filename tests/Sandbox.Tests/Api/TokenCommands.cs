using System.Text.Json;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Api;

/// <summary><c>sandbox-server tokens make|list|revoke</c>.</summary>
public sealed class TokenCommands : IAsyncLifetime
{
    private ServerFolder _folder = null!;

    public async ValueTask InitializeAsync() => _folder = await ServerFolder.ReadyAsync();

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_token_is_printed_alone_on_standard_output_and_how_to_try_it_beside()
    {
        var (code, output, error) = await Commands.RunAsync(_folder, "tokens", "make", "nightly", "--person", "admin");

        Assert.Equal(0, code);
        Assert.Matches("^sandbox_[A-Za-z0-9_-]{43}\n$", output);
        Assert.Contains("curl --cacert", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_shows_names_and_states_and_no_secrets()
    {
        var token = await Commands.DoneAsync(_folder, "tokens", "make", "nightly", "--person", "admin");

        var list = await Commands.DoneAsync(_folder, "tokens", "list");

        Assert.Matches("\tnightly\tadmin\tgood\t", list);
        Assert.DoesNotContain(token.Trim(), list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_is_had_as_JSON()
    {
        await Commands.DoneAsync(_folder, "tokens", "make", "nightly", "--person", "admin", "--days", "7");

        using var list = JsonDocument.Parse(await Commands.DoneAsync(_folder, "tokens", "list", "--json"));

        var one = Assert.Single(list.RootElement.EnumerateArray());
        Assert.Equal(("nightly", 7.0), (one.GetProperty("name").GetString(), (one.GetProperty("expiresAt").GetDateTimeOffset() - one.GetProperty("createdAt").GetDateTimeOffset()).TotalDays));
    }

    [Fact]
    public async Task A_token_is_taken_back_by_its_name()
    {
        await Commands.DoneAsync(_folder, "tokens", "make", "nightly", "--person", "admin");

        await Commands.DoneAsync(_folder, "tokens", "revoke", "nightly");

        Assert.Contains("taken back", await Commands.DoneAsync(_folder, "tokens", "list"), StringComparison.Ordinal);
        Assert.Contains("was taken back before", await Commands.DoneAsync(_folder, "tokens", "revoke", "nightly"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_used_again_when_its_token_is_taken_back_and_not_before()
    {
        await Commands.DoneAsync(_folder, "tokens", "make", "nightly", "--person", "admin");
        var (code, _, error) = await Commands.RunAsync(_folder, "tokens", "make", "nightly", "--person", "admin");
        await Commands.DoneAsync(_folder, "tokens", "revoke", "nightly");

        Assert.Equal(2, code);
        Assert.Contains("already", error, StringComparison.Ordinal);
        await Commands.DoneAsync(_folder, "tokens", "make", "nightly", "--person", "admin");
    }

    [Theory]
    [InlineData("no person 'nobody'", "tokens", "make", "nightly", "--person", "nobody"), InlineData("1 to 366 days", "tokens", "make", "nightly", "--person", "admin", "--days", "0"), InlineData("name of 1 to 60", "tokens", "make", " ", "--person", "admin"), InlineData("no token 'weekly'", "tokens", "revoke", "weekly")]
    public async Task What_is_typed_wrongly_is_said(string words, params string[] args)
    {
        var (code, _, error) = await Commands.RunAsync(_folder, args);

        Assert.Equal(2, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }
}
