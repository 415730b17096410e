using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.People;

/// <summary>Who works under which account, said on the command line.</summary>
public sealed class AccountsCommands : IAsyncLifetime
{
    private const string Key = "SHA256:tccDu9AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private ServerFolder _folder = null!;

    public async ValueTask InitializeAsync()
    {
        _folder = await ServerFolder.ReadyAsync();
        await Commands.DoneAsync(_folder, "people", "add", "elif", "--role", "apprentice");
        await Commands.DoneAsync(_folder, "people", "add", "ben", "--role", "apprentice");
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_is_said_is_listed_and_ends_by_its_id()
    {
        var said = await Commands.DoneAsync(_folder, "accounts", "add", "elif", "--account", "elif", "--from", "2026-11-23T08:00Z");
        Assert.StartsWith("elif works as elif on every device from 2026-11-23 08:00Z (", said, StringComparison.Ordinal);

        Assert.Contains("elif\taccount\telif\tevery device\t2026-11-23 08:00Z", await Commands.DoneAsync(_folder, "accounts", "list"), StringComparison.Ordinal);
        Assert.Contains("until 2026-11-24 00:00Z", await Commands.DoneAsync(_folder, "accounts", "end", Id(said), "--at", "2026-11-24"), StringComparison.Ordinal);

        Assert.Contains("does not hold now", await Commands.DoneAsync(_folder, "accounts", "list"), StringComparison.Ordinal);
        Assert.Contains("\"value\": \"elif\"", await Commands.DoneAsync(_folder, "accounts", "list", "--json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_known_yet_is_an_empty_list() => Assert.Equal("ID\tPERSON\tBY\tIS\tDEVICE\tFROM\tUNTIL\tNOTE", (await Commands.DoneAsync(_folder, "accounts", "list")).Trim());

    [Fact]
    public async Task Who_shares_an_account_is_told_what_that_means()
    {
        await Commands.DoneAsync(_folder, "accounts", "add", "elif", "--account", "lab");

        var (code, _, error) = await Commands.RunAsync(_folder, "accounts", "add", "ben", "--account", "lab");

        Assert.Equal(0, code);
        Assert.Contains("nobody is named by it, unless the key of the session is known (--key)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_one_of_two_has_no_more_is_not_shared_any_more()
    {
        await Commands.DoneAsync(_folder, "accounts", "add", "elif", "--account", "lab", "--from", "2026-11-01", "--until", "2026-11-02");

        var (_, _, error) = await Commands.RunAsync(_folder, "accounts", "add", "ben", "--account", "lab", "--from", "2026-11-01");

        Assert.Empty(error);
        Assert.DoesNotContain("shared", await Commands.DoneAsync(_folder, "accounts", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_ssh_keygen_shows_is_taken_as_it_is()
    {
        Assert.Contains($"works as {Key} on", await Commands.DoneAsync(_folder, "accounts", "add", "elif", "--key", $"256 {Key} elif@lab (ED25519)"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sid_without_a_device_says_that_it_names_an_account_of_a_domain_alone()
    {
        var (code, _, error) = await Commands.RunAsync(_folder, ["accounts", "add", "elif", "--sid", "S-1-5-21-1111111111-2222222222-3333333333-1001"]);

        Assert.Equal(0, code);
        Assert.Contains("names the account of a domain alone", error, StringComparison.Ordinal);
        Assert.Contains("as an account of a domain alone", await Commands.DoneAsync(_folder, "accounts", "list"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one of --account NAME", "elif")]
    [InlineData("one of --account NAME", "elif", "--account", "elif", "--key", Key)]
    [InlineData("root is everybody's account", "elif", "--account", "root")]
    [InlineData("There is no person 'eli'. Near it: elif.", "eli", "--account", "elif")]
    [InlineData("There is no device 'lab-07'.", "elif", "--account", "elif", "--device", "lab-07")]
    [InlineData("'yesterday' is no instant", "elif", "--account", "elif", "--from", "yesterday")]
    [InlineData("'11/12/2026' is no instant", "elif", "--account", "elif", "--from", "11/12/2026")]
    [InlineData("an account of Windows itself", "elif", "--sid", "S-1-5-18")]
    [InlineData("It would end before it begins, at 2026-11-24 00:00Z", "elif", "--account", "elif", "--from", "2026-11-24", "--until", "2026-11-23")]
    [InlineData("no fingerprint of a key", "elif", "--key", "MD5:12:34")]
    public async Task What_makes_no_sense_is_refused_in_words_with_2(string words, params string[] args)
    {
        var (code, _, error) = await Commands.RunAsync(_folder, ["accounts", "add", .. args]);

        Assert.Equal(2, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_said_wrongly_and_ended_before_it_began_never_held()
    {
        var said = await Commands.DoneAsync(_folder, "accounts", "add", "elif", "--account", "elif", "--from", "2026-11-23T08:00Z");

        await Commands.DoneAsync(_folder, "accounts", "end", Id(said), "--at", "2026-11-01");

        Assert.Contains("2026-11-23 08:00Z\t2026-11-23 08:00Z", await Commands.DoneAsync(_folder, "accounts", "list"), StringComparison.Ordinal);
    }

    private static string Id(string said) => said[(said.LastIndexOf('(') + 1)..][..8];
}
