using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Enrolment;

public sealed class CodesCommandTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_code_holds_address_pin_and_end()
    {
        var text = await Commands.DoneAsync(_server.Folder, "codes", "new", "admin", "--quiet");

        Assert.True(JoinCode.TryRead(text, out var code, out _));
        Assert.Equal($"localhost:{_server.AgentPort}", code.Address);
        Assert.Equal(_server.Keys.Authority.Pin, code.CaPin.ToByteArray());
        Assert.Equal(await _server.InStoreAsync(db => db.Codes.Select(x => x.ExpiresAt).SingleAsync()), code.ExpiresAt.ToDateTimeOffset(), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task A_code_from_the_command_line_enrols_a_machine()
    {
        JoinCode.TryRead(await Commands.DoneAsync(_server.Folder, "codes", "new", "admin", "--quiet"), out var code, out _);
        using var machine = new Machine(_server);

        await machine.EnrolAsync(code!.Token.ToByteArray(), "bench-1");

        Assert.Contains("\tadmin\tused\t", await Commands.DoneAsync(_server.Folder, "codes", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawn_code_is_refused()
    {
        JoinCode.TryRead(await Commands.DoneAsync(_server.Folder, "codes", "new", "admin", "--quiet"), out var code, out _);
        var id = await _server.InStoreAsync(db => db.Codes.Select(x => x.Id).SingleAsync());

        await Commands.DoneAsync(_server.Folder, "codes", "revoke", id.ToString("N")[..8]);

        using var machine = new Machine(_server);
        Assert.Equal("CODE_REVOKED", (await Refusals.RefusedAsync(() => machine.EnrolAsync(code!.Token.ToByteArray()))).Reason);
    }

    [Fact]
    public async Task Lists_never_show_the_secret()
    {
        JoinCode.TryRead(await Commands.DoneAsync(_server.Folder, "codes", "new", "admin", "--quiet"), out var code, out _);

        var list = await Commands.DoneAsync(_server.Folder, "codes", "list", "--json");

        Assert.DoesNotContain(Convert.ToHexString(code!.Token.Span), list, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(code.Token.ToBase64(), list, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0m")]
    [InlineData("31d")]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData("-1h")]
    public async Task A_time_to_live_that_is_none_says_what_to_give(string text)
    {
        var (code, _, error) = await Commands.RunAsync(_server.Folder, "codes", "new", "admin", $"--expires={text}");

        Assert.Equal(2, code);
        Assert.NotEqual("", error);
        Assert.Equal(0, await _server.InStoreAsync(db => db.Codes.CountAsync()));
    }

    [Fact]
    public async Task A_person_that_nobody_knows_is_said_with_those_near()
    {
        var (code, _, error) = await Commands.RunAsync(_server.Folder, "codes", "new", "adimn");

        Assert.Equal((2, "There is no person 'adimn'. Near it: admin.\n"), (code, error));
    }
}
