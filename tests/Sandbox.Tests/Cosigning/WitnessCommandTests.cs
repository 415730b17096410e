using System.Text.Json;
using Sandbox.Ledger;
using Sandbox.Server.Cosigning;
using Sandbox.Server.Hosting;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Cosigning;

/// <summary><c>witness init|watch|list|forget</c>, on a machine without a server.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class WitnessCommandTests : IDisposable
{
    private readonly ServerFolder _folder = ServerFolder.Empty();
    private readonly LogKey _log = LogKey.FromSeed("lab.example/evidence", LogKey.NewSeed());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_new_witness_says_its_key_and_keeps_it_to_itself()
    {
        var output = await Commands.DoneAsync(_folder, "witness", "init", "--name", "auditor.example/witness");

        Assert.Equal("auditor.example/witness", Key(output).Name);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder.Data, "witness", "witness.key")));
    }

    [Fact]
    public async Task Made_again_it_is_the_same()
    {
        var first = await Commands.DoneAsync(_folder, "witness", "init");

        Assert.Equal(Key(first).ToString(), Key(await Commands.DoneAsync(_folder, "witness", "init", "--port", "7500")).ToString());
    }

    [Fact]
    public async Task It_does_not_change_its_name()
    {
        await Commands.DoneAsync(_folder, "witness", "init", "--name", "one/witness");

        var (code, _, error) = await Commands.RunAsync(_folder, "witness", "init", "--name", "two/witness");

        Assert.Equal(2, code);
        Assert.Contains("is one/witness, and what it cosigned bears that name", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port", "70000", "--port 70000 is no port")]
    [InlineData("--name", "a b", "make no key of a witness")]
    public async Task What_cannot_be_is_refused(string option, string value, string words)
    {
        var (code, _, error) = await Commands.RunAsync(_folder, "witness", "init", option, value);

        Assert.Equal(2, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_witness_every_word_says_how_to_make_one()
    {
        foreach (string[] words in new string[][] { ["watch", _log.Verifier.ToString()], ["list"], ["forget", "x"], ["run"] })
        {
            var (code, _, error) = await Commands.RunAsync(_folder, ["witness", .. words]);

            Assert.Equal(2, code);
            Assert.Contains("Make one with: sandbox-server witness init", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_log_is_watched_listed_and_forgotten()
    {
        await Commands.DoneAsync(_folder, "witness", "init");
        await Commands.DoneAsync(_folder, "witness", "watch", _log.Verifier.ToString());
        Assert.Equal("LOG\tENTRIES\tCOSIGNED\tAGAINST IT\nlab.example/evidence\t\t\tnothing\n", await Commands.DoneAsync(_folder, "witness", "list"));

        await Commands.DoneAsync(_folder, "witness", "forget", "lab.example/evidence");

        Assert.DoesNotContain("lab.example", await Commands.DoneAsync(_folder, "witness", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_s_new_key_counts_beside_the_old_one()
    {
        await Commands.DoneAsync(_folder, "witness", "init");
        using var next = LogKey.FromSeed("lab.example/evidence", LogKey.NewSeed());
        await Commands.DoneAsync(_folder, "witness", "watch", _log.Verifier.ToString());
        Assert.Contains("already; nothing changed", await Commands.DoneAsync(_folder, "witness", "watch", _log.Verifier.ToString()), StringComparison.Ordinal);

        await Commands.DoneAsync(_folder, "witness", "watch", next.Verifier.ToString());

        using var listed = JsonDocument.Parse(await Commands.DoneAsync(_folder, "witness", "list", "--json"));
        Assert.Equal([_log.Verifier.ToString(), next.Verifier.ToString()], listed.RootElement[0].GetProperty("keys").EnumerateArray().Select(key => key.GetString()));
    }

    [Fact]
    public async Task A_key_that_was_copied_wrongly_is_refused_with_where_to_find_it()
    {
        await Commands.DoneAsync(_folder, "witness", "init");

        var (code, _, error) = await Commands.RunAsync(_folder, "witness", "watch", "lab.example/evidence+2c556326+AAAA");

        Assert.Equal(2, code);
        Assert.Contains("The log's server prints it with: sandbox-server log status", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_witnesses_with_the_key_that_signs()
    {
        await Commands.DoneAsync(_folder, "witness", "init");
        var seed = Convert.FromBase64String(await File.ReadAllTextAsync(Path.Combine(_folder.Data, "witness", "witness.key"), Ct));
        using var same = LogKey.FromSeed("lab.example/evidence", seed);

        var (code, _, error) = await Commands.RunAsync(_folder, "witness", "watch", same.Verifier.ToString());

        Assert.Equal((2, "That is this witness's own key: nobody is the witness of their own log.\n"), (code, error));
    }

    [Fact]
    public async Task What_speaks_against_a_log_is_an_exit_code_and_words()
    {
        await Commands.DoneAsync(_folder, "witness", "init");
        await Commands.DoneAsync(_folder, "witness", "watch", _log.Verifier.ToString());
        var note = SignedNote.Sign(new Checkpoint("lab.example/evidence", 5, MerkleHash.Leaf([1])).Text, _log);
        new WitnessedLogs(new WitnessFolder(_folder.Data)).Find("lab.example/evidence")!.Evidence(Charge.Fork).Keep(note, note, "it has two histories.");

        var (code, output, _) = await Commands.RunAsync(_folder, "witness", "list");

        Assert.Equal(1, code);
        Assert.Contains("lab.example/evidence: it has two histories. Both notes are in ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_do_not_run_on_one_folder()
    {
        await Commands.DoneAsync(_folder, "witness", "init");
        using var running = ServerLock.TryTake(Path.Combine(_folder.Data, "witness"), "witness.lock");

        var (code, _, error) = await Commands.RunAsync(_folder, "witness", "run");

        Assert.Equal(2, code);
        Assert.Contains("A witness already runs on", error, StringComparison.Ordinal);
    }

    private static WitnessVerifierKey Key(string output) => WitnessVerifierKey.Parse(output.Split('\n')[0]["verifier-key: ".Length..]);
}
