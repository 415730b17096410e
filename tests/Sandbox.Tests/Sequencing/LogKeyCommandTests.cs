using Sandbox.Ledger;
using Sandbox.Server.Sequencing;
using Sandbox.Server.Witness;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Sequencing;

/// <summary><c>log roll</c> and <c>log renew</c>.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class LogKeyCommandTests
{
    private static readonly byte[] SomeRoot = MerkleHash.Leaf([1]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_a_key_is_rolled_both_sign_and_the_log_names_both()
    {
        await using var log = await LoggedFolder.OfAsync(3);
        var old = Key(log);

        var output = await Commands.DoneAsync(log.Folder, "log", "roll");

        var (note, now) = (await log.RunAsync(), Key(log));
        Assert.Contains($"verifier-key: {now}\n", output, StringComparison.Ordinal);
        Assert.Equal((true, true, false), (note.IsSignedBy(old), note.IsSignedBy(now), old == now));
        var entry = Assert.Single(await log.KeyEntriesAsync());
        Assert.Equal(("log", old.ToString(), now.ToString(), false), (entry.Key, entry.Before, entry.After, entry.HasSeen));
    }

    [Fact]
    public async Task A_finished_roll_leaves_one_line_and_the_old_key_still_counts_as_the_logs_own()
    {
        await using var log = await LoggedFolder.OfAsync(3);
        var first = await log.RunAsync();
        await Commands.DoneAsync(log.Folder, "log", "roll");
        await log.RunAsync();

        await Commands.DoneAsync(log.Folder, "log", "roll", "--finish");
        await log.AddAsync(1);

        Assert.Single((await log.RunAsync()).Signatures);
        using var keys = log.Files.LoadOrCreate(log.Origin);
        Assert.True(keys.HasSigned(first));
        Assert.Equal(["log.key", "log.retired"], Directory.GetFiles(log.Folder.Folders.Pki, "log*").Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Whoever_knows_the_old_key_alone_is_led_to_the_new_one()
    {
        await using var log = await LoggedFolder.OfAsync(3);
        var old = Key(log);
        await Commands.DoneAsync(log.Folder, "log", "roll");
        await log.RunAsync();

        await Commands.DoneAsync(log.Folder, "log", "roll", "--finish");

        var handover = SignedNote.Parse(new Handovers(log.Folder.Folders).Find($"{old.Id:x8}"));
        Assert.Equal((true, true), (handover.IsSignedBy(old), handover.IsSignedBy(Key(log))));
        Assert.Equal(4, Checkpoint.Parse(handover.Text).Size);
        Assert.Equal(Key(log).ToString(), Assert.Single(await log.KeyEntriesAsync()).After);
    }

    [Fact]
    public async Task A_roll_is_not_finished_before_both_keys_have_signed_the_entry_that_names_the_new_one()
    {
        await using var log = await LoggedFolder.OfAsync(3);
        await Commands.DoneAsync(log.Folder, "log", "roll");

        var (code, _, error) = await Commands.RunAsync(log.Folder, "log", "roll", "--finish");

        Assert.Equal(2, code);
        Assert.Contains("Start the server, wait until log status says that nothing waits, stop it, and type this again.", error, StringComparison.Ordinal);
        Assert.Equal(2, (await log.RunAsync()).Signatures.Count);
    }

    [Fact]
    public async Task A_roll_that_was_interrupted_goes_on_with_the_same_key_and_one_entry()
    {
        await using var log = await LoggedFolder.OfAsync(3);
        string next;
        using (var key = log.Files.NextKey(log.Origin)) next = key.Verifier.ToString();
        await Commands.DoneAsync(log.Folder, "log", "roll");
        File.Copy(Path.Combine(log.Folder.Folders.Pki, "log.key"), Path.Combine(log.Folder.Folders.Pki, "log-next.key"));
        File.Copy(Path.Combine(log.Folder.Folders.Pki, "log-before.key"), log.Folder.Folders.LogKey, overwrite: true);

        var output = await Commands.DoneAsync(log.Folder, "log", "roll");

        Assert.Contains(next, output, StringComparison.Ordinal);
        Assert.Single(await log.KeyEntriesAsync());
        Assert.Equal(next, Key(log).ToString());
    }

    [Fact]
    public async Task A_second_roll_waits_for_the_first()
    {
        await using var log = await LoggedFolder.OfAsync(1);
        await Commands.DoneAsync(log.Folder, "log", "roll");

        var (code, _, error) = await Commands.RunAsync(log.Folder, "log", "roll");

        Assert.Equal((2, "Two keys sign already. Finish that roll first, with: sandbox-server log roll --finish\n"), (code, error));
    }

    [Fact]
    public async Task Nothing_is_finished_that_was_not_begun()
    {
        await using var log = await LoggedFolder.OfAsync(1);

        var (code, _, error) = await Commands.RunAsync(log.Folder, "log", "roll", "--finish");

        Assert.Equal((2, "Only one key signs: there is no roll to finish. Begin one with: sandbox-server log roll\n"), (code, error));
    }

    [Fact]
    public async Task New_keys_are_readable_by_their_owner_alone()
    {
        await using var log = await LoggedFolder.OfAsync(1);

        await Commands.DoneAsync(log.Folder, "log", "roll");

        Assert.All(Directory.GetFiles(log.Folder.Folders.Pki, "log*"), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task A_log_that_is_not_halted_is_not_renewed()
    {
        await using var log = await LoggedFolder.OfAsync(1);

        var (code, _, error) = await Commands.RunAsync(log.Folder, "log", "renew", "--yes");

        Assert.Equal(2, code);
        Assert.Contains("The log is not halted", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_yes_it_says_what_would_be_given_up_and_changes_nothing()
    {
        await using var log = await LoggedFolder.OfAsync(3);
        await HaltAsync(log);

        var (code, _, error) = await Commands.RunAsync(log.Folder, "log", "renew");

        Assert.Equal((2, "localhost/evidence"), (code, log.Origin));
        Assert.StartsWith("This gives up the name localhost/evidence for good", error, StringComparison.Ordinal);
        Assert.NotNull((await log.Store.HeadAsync(log.Origin, Ct)).HaltedAt);
    }

    [Fact]
    public async Task A_renewed_log_goes_on_with_its_tree_under_a_new_name_and_says_why()
    {
        await using var log = await LoggedFolder.OfAsync(3);
        var (old, seen) = (Key(log), await HaltAsync(log));

        await Commands.DoneAsync(log.Folder, "log", "renew", "--yes");

        var note = await log.RunAsync();
        Assert.StartsWith("localhost/evidence-2\n4\n", note.Text, StringComparison.Ordinal);
        Assert.True(note.IsSignedBy(Key(log)));
        var entry = Assert.Single(await log.KeyEntriesAsync());
        Assert.Equal((old.ToString(), Key(log).ToString()), (entry.Before, entry.After));
        Assert.Equal(seen, entry.Seen.ToByteArray());
    }

    [Fact]
    public async Task A_renewed_log_is_not_halted_again_by_what_halted_it()
    {
        await using var log = await LoggedFolder.OfAsync(3);
        var seen = await HaltAsync(log);
        await Commands.DoneAsync(log.Folder, "log", "renew", "--yes");
        using var keys = log.Files.LoadOrCreate(log.Origin);

        var finding = await new TestimonyCourt(log.Store, keys).JudgeAsync(seen, Ct);

        Assert.Equal(Testimony.Ignored, finding.Testimony);
    }

    [Fact]
    public async Task A_renewal_that_was_interrupted_after_the_database_signs_nothing_and_then_goes_on()
    {
        await using var log = await LoggedFolder.OfAsync(3);
        await HaltAsync(log);
        var (settings, key) = (await File.ReadAllBytesAsync(log.Folder.Folders.Settings, Ct), await File.ReadAllBytesAsync(log.Folder.Folders.LogKey, Ct));
        await Commands.DoneAsync(log.Folder, "log", "renew", "--yes");
        var renewed = Key(log);
        File.Move(log.Folder.Folders.LogKey, Path.Combine(log.Folder.Folders.Pki, "log-next.key"));
        await File.WriteAllBytesAsync(log.Folder.Folders.LogKey, key, Ct);
        await File.WriteAllBytesAsync(log.Folder.Folders.Settings, settings, Ct);
        await log.RunAsync();
        Assert.Null((await log.Store.HeadAsync(log.Origin, Ct)).Checkpoint);

        await Commands.DoneAsync(log.Folder, "log", "renew", "--yes");

        Assert.Equal(("localhost/evidence-2", renewed.ToString()), (log.Origin, Key(log).ToString()));
        Assert.Single(await log.KeyEntriesAsync());
    }

    [Theory]
    [InlineData("lab.example/evidence", "lab.example/evidence-2")]
    [InlineData("lab.example/evidence-2", "lab.example/evidence-3")]
    [InlineData("lab-7.example/evidence", "lab-7.example/evidence-2")]
    public void Names_are_counted(string origin, string next) => Assert.Equal(next, LogRenewal.NextOrigin(origin));

    private static VerifierKey Key(LoggedFolder log)
    {
        using var keys = log.Files.LoadOrCreate(log.Origin);
        return keys.Verifier;
    }

    private static async Task<byte[]> HaltAsync(LoggedFolder log)
    {
        using var keys = log.Files.LoadOrCreate(log.Origin);
        var seen = new Checkpoint(log.Origin, 9, SomeRoot).Sign(keys.Signing);
        await log.Store.HaltAsync("lab-7 showed a larger one.", seen, TimeProvider.System.GetUtcNow(), Ct);
        return seen;
    }
}
