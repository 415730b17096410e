using Sandbox.Server.Hosting;

namespace Sandbox.Tests.ServerHost;

/// <summary>The option <c>--silent-after</c>.</summary>
public sealed class SilentAfterTests : IDisposable
{
    private readonly ServerFolder _folder = ServerFolder.Empty();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_a_day_unless_set()
    {
        await Commands.DoneAsync(_folder, "init");

        Assert.Equal(TimeSpan.FromHours(24), ServerSettings.Load(_folder.Folders)!.SilentAfter);
    }

    [Theory]
    [InlineData("5m", 300)]
    [InlineData("7d", 604_800)]
    [InlineData("30d", 2_592_000)]
    public async Task Once_given_it_is_remembered(string given, int seconds)
    {
        await Commands.DoneAsync(_folder, "init", "--silent-after", given);

        await Commands.DoneAsync(_folder, "init");

        Assert.Equal(TimeSpan.FromSeconds(seconds), ServerSettings.Load(_folder.Folders)!.SilentAfter);
    }

    [Theory]
    [InlineData("4m")]
    [InlineData("31d")]
    [InlineData("0h")]
    [InlineData("never")]
    [InlineData("")]
    public async Task What_cannot_be_used_is_said_with_what_to_type(string given)
    {
        var (code, _, error) = await Commands.RunAsync(_folder, "init", "--silent-after", given);

        Assert.Equal(2, code);
        Assert.StartsWith($"--silent-after {given} is no time that can be used: give minutes, hours or days from 5m to 30d, such as 30m, 24h or 7d.", error, StringComparison.Ordinal);
    }
}
