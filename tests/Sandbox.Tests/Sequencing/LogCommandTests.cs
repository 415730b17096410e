using Microsoft.EntityFrameworkCore;
using Sandbox.Server.Hosting;
using Sandbox.Server.Sequencing;
using Sandbox.Storage.Log;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Sequencing;

/// <summary><c>log status</c> and <c>log verify</c>.</summary>
public sealed class LogCommandTests
{
    private static readonly Guid _gone = Guid.NewGuid();

    [Fact]
    public async Task The_status_of_a_log_that_has_not_begun_says_so()
    {
        await using var log = await LoggedFolder.OfAsync(0);

        var output = await Commands.DoneAsync(log.Folder, "log", "status");

        Assert.Contains("origin: localhost/evidence\nentries: 0\nwaiting: 1\ncheckpoint: none yet\nkey: localhost/evidence+", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_status_says_what_waits_and_what_was_signed()
    {
        await using var log = await LoggedFolder.OfAsync(3);
        await log.AddAsync(2);

        var output = await Commands.DoneAsync(log.Folder, "log", "status");

        Assert.Contains("entries: 3\nwaiting: 2\ncheckpoint: 3 entries, signed at ", output, StringComparison.Ordinal);
        Assert.EndsWith("state: signed\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_status_of_a_halted_log_says_why()
    {
        await using var log = await LoggedFolder.OfAsync(3);
        await log.Store.HaltAsync("lab-7 showed a larger one.", [1], TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);

        var output = await Commands.DoneAsync(log.Folder, "log", "status");

        Assert.Matches("state: halted since .*: lab-7 showed a larger one.\n", output);
    }

    [Fact]
    public async Task A_whole_log_is_verified()
    {
        await using var log = await LoggedFolder.OfAsync(700);

        var output = await Commands.DoneAsync(log.Folder, "log", "verify");

        Assert.Equal("The log is whole: 700 entries, 4 tiles, 0 erased bodies.\n", output);
    }

    [Fact]
    public async Task One_of_a_kind_is_told_as_one()
    {
        await using var log = await LoggedFolder.OfAsync(1);
        await log.ChangeAsync("UPDATE LogEntries SET Salt = NULL, Body = NULL");
        await log.AddErasureAsync(await FirstPersonAsync(log), (0, 0));

        // The erasure's own entry has no place yet, and counts all the same.
        Assert.Equal("The log is whole: 1 entry, 1 tile, 1 erased body.\n", await Commands.DoneAsync(log.Folder, "log", "verify"));
    }

    [Fact]
    public async Task An_erasure_of_somebody_else_covers_nothing()
    {
        await using var log = await LoggedFolder.OfAsync(1);
        await log.ChangeAsync("UPDATE LogEntries SET Salt = NULL, Body = NULL");
        await log.AddErasureAsync(Guid.NewGuid(), (0, 0));
        await log.RunAsync();

        Assert.Contains("wrong: entry 0 is erased, but no entry of the log says so", (await Commands.RunAsync(log.Folder, "log", "verify")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erased_bodies_are_no_fault_when_an_entry_says_so()
    {
        await using var log = await LogOfAsync(5, 2);
        await log.ChangeAsync("UPDATE LogEntries SET Salt = NULL, Body = NULL WHERE LeafIndex IN (5, 6)");
        await log.AddErasureAsync(_gone, (5, 6));
        await log.RunAsync();

        Assert.Contains("2 erased bodies", await Commands.DoneAsync(log.Folder, "log", "verify"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erased_bodies_of_which_no_entry_says_so_are_named()
    {
        await using var log = await LogOfAsync(3, 5);
        await log.ChangeAsync("UPDATE LogEntries SET Salt = NULL, Body = NULL WHERE LeafIndex IN (3, 5, 6, 7)");
        await log.AddErasureAsync(_gone, (3, 3), (6, 6));
        await log.RunAsync();

        var (code, output, _) = await Commands.RunAsync(log.Folder, "log", "verify");

        Assert.Equal(1, code);
        Assert.Contains("wrong: entry 5 is erased, but no entry of the log says so", output, StringComparison.Ordinal);
        Assert.Contains("wrong: entry 7 is erased, but no entry of the log says so", output, StringComparison.Ordinal);
        Assert.DoesNotContain("entry 3 is erased", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_erasure_that_names_what_comes_after_it_is_named()
    {
        await using var log = await LoggedFolder.OfAsync(10);
        await log.AddErasureAsync(_gone, (4, 12));
        await log.RunAsync();

        var (code, output, _) = await Commands.RunAsync(log.Folder, "log", "verify");

        Assert.Equal(1, code);
        Assert.Contains("wrong: entry 10 says that the entries 4 to 12 were erased, which do not stand before it", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_erasure_that_leaves_out_entries_of_its_person_is_named()
    {
        await using var log = await LogOfAsync(5, 4);
        await log.ChangeAsync("UPDATE LogEntries SET Salt = NULL, Body = NULL WHERE LeafIndex = 8");
        await log.AddErasureAsync(_gone, (8, 8));
        await log.RunAsync();

        var (code, output, _) = await Commands.RunAsync(log.Folder, "log", "verify");

        Assert.Equal(1, code);
        Assert.Contains("wrong: the entries 5 to 7 are left out of an erasure of the same person that stands further on", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_erasure_of_nobody_covers_nothing()
    {
        await using var log = await LoggedFolder.OfAsync(10);
        await log.ChangeAsync("UPDATE LogEntries SET Salt = NULL, Body = NULL WHERE LeafIndex = 5");
        await log.AddErasureAsync(null, (5, 5));
        await log.RunAsync();

        var (code, output, _) = await Commands.RunAsync(log.Folder, "log", "verify");

        Assert.Equal(1, code);
        Assert.Contains("wrong: entry 5 is erased, but an entry of the kind 'policy', of which nothing is ever erased", output, StringComparison.Ordinal);
        Assert.Contains("wrong: entry 10 says that entries were erased, and not whose", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_erasure_that_gets_its_place_while_the_log_is_read_is_no_fault()
    {
        await using var log = await LogOfAsync(5, 2);
        await using var db = log.Open();
        var read = new ErasedMeanwhile(new StoredLog(db), async () =>
        {
            await log.ChangeAsync("UPDATE LogEntries SET Salt = NULL, Body = NULL WHERE LeafIndex IN (5, 6)");
            await log.AddErasureAsync(_gone, (5, 6));
            await log.RunAsync();
        });

        using var keys = log.Files.LoadOrCreate(log.Origin);
        var audited = await new LogAudit(read, keys.Verifiers).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal((7L, 2L), (audited.Entries, audited.Erased));
        Assert.Empty(audited.Faults);
    }

    [Fact]
    public async Task What_was_not_signed_yet_is_verified_too()
    {
        await using var log = await LoggedFolder.OfAsync(10);
        await log.ChangeAsync("UPDATE LogHeads SET Checkpoint = NULL, CheckpointSize = 0");

        Assert.StartsWith("The log is whole: 10 entries", await Commands.DoneAsync(log.Folder, "log", "verify"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE LogEntries SET Leaf = X'00' WHERE LeafIndex = 5", "wrong: the leaf of entry 5 cannot be read", "wrong: tile/0/000 differs from the leaves from its hash 5 on")]
    [InlineData("UPDATE LogEntries SET Body = X'00' WHERE LeafIndex = 299", "wrong: the body of entry 299 is not the one to which its leaf commits", "1 fault in 300 entries")]
    [InlineData("UPDATE LogEntries SET Kind = 1 WHERE LeafIndex = 5", "wrong: entry 5 is listed as Enrolment, but its leaf says Policy", "1 fault in 300 entries")]
    [InlineData("DELETE FROM LogEntries WHERE LeafIndex = 257", "wrong: entry 257 is gone", "not whole")]
    [InlineData("DELETE FROM LogTiles WHERE Level = 1", "wrong: tile/1/000 is gone", "not whole")]
    [InlineData("UPDATE LogTiles SET Hashes = zeroblob(44 * 32) WHERE Level = 0 AND \"Index\" = 1", "wrong: tile/0/001 differs from the leaves from its hash 0 on", "not whole")]
    [InlineData("UPDATE LogHeads SET Root = zeroblob(32)", "wrong: the root of 300 entries is ", "1 fault in 300 entries")]
    [InlineData("UPDATE LogHeads SET Checkpoint = X'00'", "wrong: the checkpoint cannot be read: ", "1 fault in 300 entries")]
    [InlineData("UPDATE LogHeads SET Size = 301", "wrong: entry 300 is gone", "not whole")]
    public async Task What_was_altered_is_named_with_its_place(string sql, string words, string more)
    {
        await using var log = await LoggedFolder.OfAsync(300);
        await log.ChangeAsync(sql);

        var (code, output, _) = await Commands.RunAsync(log.Folder, "log", "verify");

        Assert.Equal(1, code);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.Contains(more, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("roll")]
    [InlineData("roll", "--finish")]
    [InlineData("renew", "--yes")]
    public async Task Keys_are_never_changed_beside_a_running_server(params string[] command)
    {
        await using var log = await LoggedFolder.OfAsync(1);
        using var running = ServerLock.Take(log.Folder.Folders);

        var (code, _, error) = await Commands.RunAsync(log.Folder, ["log", .. command]);

        Assert.Equal(2, code);
        Assert.Contains("Stop it, type this again, then start it.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_word_it_lists_the_words()
    {
        await using var log = await LoggedFolder.OfAsync(0);

        var output = await Commands.DoneAsync(log.Folder, "log", "--help");

        Assert.All(["status", "verify", "renew", "roll"], word => Assert.Contains(word, output, StringComparison.Ordinal));
    }

    // Some entries, and then some of one person, all in their places.
    private static async Task<LoggedFolder> LogOfAsync(int size, int theirs)
    {
        var log = await LoggedFolder.OfAsync(size);
        await log.AddOfAsync(_gone, theirs);
        await log.RunAsync();
        return log;
    }

    private static async Task<Guid?> FirstPersonAsync(LoggedFolder log)
    {
        await using var db = log.Open();
        return await db.LogEntries.Where(x => x.LeafIndex == 0).Select(x => x.PersonId).SingleAsync(TestContext.Current.CancellationToken);
    }
}
