using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Export.Formats.Badges;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Log;
using Sandbox.Tests.LabBackups;
using Sandbox.Tests.ServerHost;
using Sandbox.Tests.Storage.Conformance;

namespace Sandbox.Tests.Retention;

/// <summary>A record is erased, on each store: all of it at once, and an entry of the log says so.</summary>
public sealed class Erasures
{
    private static readonly string[] _asked = ["retention", "erase", "elif", "--reason", "asked for it in writing", "--early", "--yes"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData<BothStores>]
    public async Task Nothing_of_the_person_is_left_but_leaves_and_the_log_is_whole(StoreKind kind)
    {
        await using var lab = await SavedLab.OfAsync(kind, 6);
        var elif = await SeededAsync(lab);

        var output = await Commands.DoneAsync(lab.Folder, _asked);

        Assert.Contains("The record of elif is erased, with what lay beside 5 entries of the log.", output, StringComparison.Ordinal);
        await using var db = lab.Open();
        Assert.Equal(0, await db.RowsOfAsync(elif));
        Assert.Equal((0, 0), (await db.SeenThings.CountAsync(Ct), await db.Guesses.CountAsync(Ct)));
        var entries = await db.LogEntries.Where(x => x.PersonId == elif).ToListAsync(Ct);
        Assert.All(entries, x => Assert.Equal(x.Kind == EntryKind.Erasure, x.Body is not null && x.Salt is not null));
        await lab.RunAsync();
        Assert.Contains("The log is whole", await Commands.DoneAsync(lab.Folder, "log", "verify"), StringComparison.Ordinal);
    }

    [Theory, ClassData<BothStores>]
    public async Task The_entry_names_every_erased_index_the_reason_and_the_rule_and_no_name(StoreKind kind)
    {
        await using var lab = await SavedLab.OfAsync(kind, 6);
        var elif = await SeededAsync(lab);
        await Commands.DoneAsync(lab.Folder, "people", "exit", "elif", "--on", "2026-01-02");
        await lab.RunAsync();

        await Commands.DoneAsync(lab.Folder, _asked);

        await using var db = lab.Open();
        var entry = await db.LogEntries.SingleAsync(x => x.Kind == EntryKind.Erasure, Ct);
        var said = LogBody.Parser.ParseFrom(entry.Body).BodyErased;
        var places = await db.LogEntries.Where(x => x.PersonId == elif && x.Body == null).OrderBy(x => x.LeafIndex).Select(x => x.LeafIndex!.Value).ToListAsync(Ct);
        Assert.Equal(places, said.Erased.SelectMany(x => Enumerable.Range((int)x.First, (int)(x.Last - x.First + 1)).Select(i => (long)i)));
        Assert.Equal((elif, "asked for it in writing", true, 5U, "2026-01-02"), (LogId.From(said.PersonId), said.Reason, said.Early, said.YearsKept, said.LeftOn));
        Assert.DoesNotContain("elif", System.Text.Encoding.UTF8.GetString(entry.Body!), StringComparison.OrdinalIgnoreCase);
    }

    [Theory, ClassData<BothStores>]
    public async Task What_is_others_stays_with_who_signed_it(StoreKind kind)
    {
        await using var lab = await SavedLab.OfAsync(kind, 6);
        await Commands.DoneAsync(lab.Folder, "people", "add", "noor", "--role", "apprentice");
        await SeededAsync(lab);
        var noor = await SeededAsync(lab, "noor");
        await using var before = lab.Open();
        var (rows, entries) = (await before.RowsOfAsync(noor), await before.LogEntries.CountAsync(x => x.PersonId == noor && x.Body != null, Ct));

        await Commands.DoneAsync(lab.Folder, _asked);

        await using var db = lab.Open();
        Assert.Equal((rows, entries), (await db.RowsOfAsync(noor), await db.LogEntries.CountAsync(x => x.PersonId == noor && x.Body != null, Ct)));
        Assert.Equal((1, 1), (await db.SeenThings.CountAsync(Ct), await db.Guesses.CountAsync(Ct)));
    }

    [Theory, ClassData<BothStores>]
    public async Task Of_badges_it_leaves_what_the_revoked_ones_come_down_to_and_nothing_of_the_others(StoreKind kind)
    {
        await using var lab = await SavedLab.OfAsync(kind, 6);
        IReadOnlyList<LoggedEntry> signed;
        await using (var db = lab.Open())
        {
            var elif = await db.IdAsync("elif");
            signed = [.. new[] { ("1.3", "ojt", "signed"), ("1.3", "ri", "signed"), ("1.3", "ri", "revoked"), ("1.4", "ojt", "signed"), ("1.4", "ri", "signed") }.Select(x => Decided(elif, x.Item1, x.Item2, x.Item3))];
            foreach (var entry in signed)
            {
                db.LogEntries.Add(entry);
                await db.SaveChangesAsync(Ct);
            }
        }
        await lab.RunAsync();

        await Commands.DoneAsync(lab.Folder, _asked);

        await using var after = lab.Open();
        Assert.Equal(Badge.Digest(signed[0].Salt, signed[1].Salt), (await after.ErasedBadges.SingleAsync(Ct)).Digest);
    }

    [Theory, ClassData<BothStores>]
    public async Task Entries_that_wait_for_a_place_are_waited_for(StoreKind kind)
    {
        await using var lab = await SavedLab.OfAsync(kind, 6);
        await using (var db = lab.Open()) await db.SeedRecordAsync(await db.IdAsync("elif"));

        var erasing = Commands.DoneAsync(lab.Folder, _asked);
        await Task.Delay(TimeSpan.FromMilliseconds(400), Ct);
        Assert.False(erasing.IsCompleted);
        await lab.RunAsync();

        Assert.Contains("beside 5 entries", await erasing, StringComparison.Ordinal);
    }

    [Theory, ClassData<BothStores>]
    public async Task A_stream_that_holds_evidence_in_memory_cannot_write_it_again(StoreKind kind)
    {
        await using var lab = await SavedLab.OfAsync(kind, 6);
        DeviceId concerned, other;
        await using (var db = lab.Open())
        {
            var (elif, somebody) = (await db.IdAsync("elif"), Guid.NewGuid());
            (concerned, other) = ((await db.SeedDeviceAsync(somebody, DeviceState.Active)).Id, (await db.SeedDeviceAsync(somebody, DeviceState.Active)).Id);
            db.Evidence.Add(SeededRecord.Evidence(elif, concerned));
            await db.SaveChangesAsync(Ct);
        }

        await Commands.DoneAsync(lab.Folder, _asked);

        await using var after = lab.Open();
        Assert.Equal((1, 0), (await SessionAsync(after, concerned), await SessionAsync(after, other)));
    }

    [Theory, ClassData<BothStores>]
    public async Task When_its_last_step_fails_nothing_is_erased(StoreKind kind)
    {
        await using var lab = await SavedLab.OfAsync(kind, 6);
        var elif = await SeededAsync(lab);
        await using var db = lab.Open();
        var rows = await db.RowsOfAsync(elif);
        await db.Database.ExecuteSqlRawAsync(
            kind == StoreKind.Sqlite
                ? "CREATE TRIGGER stop BEFORE INSERT ON LogEntries WHEN NEW.Kind = 21 BEGIN SELECT RAISE(ABORT, 'killed'); END"
                : """ALTER TABLE "LogEntries" ADD CONSTRAINT stop CHECK ("Kind" <> 21)""", Ct);

        var (code, _, error) = await Commands.RunAsync(lab.Folder, _asked);

        Assert.Equal(1, code);
        Assert.Contains("The database did not do it", error, StringComparison.Ordinal);
        Assert.Equal((rows, 0), (await db.RowsOfAsync(elif), await db.LogEntries.CountAsync(x => x.Body == null || x.Salt == null, Ct)));
    }

    [Fact]
    public async Task No_machine_takes_the_place_of_one_whose_owner_was_erased()
    {
        await using var lab = await SavedLab.OfAsync(StoreKind.Sqlite, 6);
        var elif = await SeededAsync(lab);
        await Commands.DoneAsync(lab.Folder, _asked);
        await using var db = lab.Open();

        var refused = await Assert.ThrowsAsync<Sandbox.Server.SetupException>(() => new Sandbox.Server.Devices.JoinCodes(db, TimeProvider.System).CreateAsync(elif, TimeSpan.FromHours(1), replaces: null, Ct));

        Assert.Contains("Whoever that would be for was erased", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_erased_is_in_no_file_of_the_database()
    {
        await using var lab = await SavedLab.OfAsync(StoreKind.Sqlite, 6);
        await SeededAsync(lab);
        Assert.True(await IsInFilesAsync(lab, "a secret name"u8.ToArray()));

        await Commands.DoneAsync(lab.Folder, _asked);

        Assert.False(await IsInFilesAsync(lab, "a secret name"u8.ToArray()));
    }

    [Fact]
    public async Task Nothing_lingers_of_rows_that_moved_when_they_got_their_places()
    {
        await using var lab = await SavedLab.OfAsync(StoreKind.Sqlite, 6);
        await using (var db = lab.Open())
        {
            var elif = await db.IdAsync("elif");
            for (var i = 0; i < 200; i++)
                db.LogEntries.Add(LoggedEntry.New(EntryKind.Learning, SeededRecord.At, new LogBody { LearningEntered = new() { PersonId = LogId.Of(elif), Source = new string('x', 37 * i % 900) + " a secret source" } }, person: elif, subject: Guid.NewGuid()));
            await db.SaveChangesAsync(Ct);
        }
        await lab.RunAsync();

        await Commands.DoneAsync(lab.Folder, _asked);

        Assert.False(await IsInFilesAsync(lab, "a secret source"u8.ToArray()));
    }

    [Fact]
    public async Task Of_PostgreSQL_it_is_said_what_stays_and_until_when()
    {
        await using var lab = await SavedLab.OfAsync(StoreKind.Postgres, 6);
        await SeededAsync(lab);

        Assert.Contains("PostgreSQL has freed the rows: no query sees them", await Commands.DoneAsync(lab.Folder, _asked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_table_that_names_people_by_id_is_vacuumed_after_an_erasure()
    {
        await using var lab = await SavedLab.OfAsync(StoreKind.Sqlite, 6);
        await using var db = lab.Open();

        var theirs = db.Model.GetEntityTypes().Where(x => x.FindProperty("PersonId") is not null || x.FindProperty("UserId") is not null).Select(x => x.GetTableName()!).ToList();

        Assert.Contains("ApiTokens", theirs);
        Assert.All(theirs, table => Assert.Contains($"\"{table}\"", Sandbox.Storage.Postgres.Retention.PostgresScrub.Vacuum, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_yes_it_says_what_would_go_and_erases_nothing()
    {
        await using var lab = await SavedLab.OfAsync(StoreKind.Sqlite, 6);
        var elif = await SeededAsync(lab);

        var (code, output, error) = await Commands.RunAsync(lab.Folder, [.. _asked.SkipLast(1)]);

        Assert.Equal(2, code);
        Assert.Contains("what lies beside 5 entries of the log; 1 piece of evidence, 1 decision about lines, 1 record of what they did or learnt, 1 assignment, 1 account on machines, 1 join code", output, StringComparison.Ordinal);
        Assert.Contains("stays: of each badge of theirs that was revoked, that it was", output, StringComparison.Ordinal);
        Assert.Contains("type the command again with --yes", error, StringComparison.Ordinal);
        await using var db = lab.Open();
        Assert.True(await db.Users.AnyAsync(x => x.Id == elif, Ct));
    }

    [Fact]
    public async Task Who_is_due_is_erased_with_due_and_who_is_held_is_not()
    {
        await using var lab = await SavedLab.OfAsync(StoreKind.Sqlite, 6);
        await Commands.DoneAsync(lab.Folder, "people", "add", "noor", "--role", "apprentice");
        foreach (var name in (string[])["elif", "noor"]) await Commands.DoneAsync(lab.Folder, "people", "exit", name, "--on", "2015-06-30");
        await Commands.DoneAsync(lab.Folder, "retention", "hold", "noor", "--reason", "case 12-3");
        await lab.RunAsync();

        var (code, output, _) = await Commands.RunAsync(lab.Folder, "retention", "erase", "--due", "--yes");

        Assert.Equal(1, code);
        Assert.Contains("The record of elif is erased", output, StringComparison.Ordinal);
        Assert.Contains("Not erased: noor is held since", output, StringComparison.Ordinal);
        await using var db = lab.Open();
        Assert.False(LogBody.Parser.ParseFrom((await db.LogEntries.SingleAsync(x => x.Kind == EntryKind.Erasure, Ct)).Body).BodyErased.Early);
    }

    [Fact]
    public async Task What_was_erased_is_not_there_to_be_erased_again()
    {
        await using var lab = await SavedLab.OfAsync(StoreKind.Sqlite, 6);
        await SeededAsync(lab);
        await Commands.DoneAsync(lab.Folder, _asked);

        var (code, _, error) = await Commands.RunAsync(lab.Folder, _asked);

        Assert.Equal(2, code);
        Assert.Contains("There is no person 'elif'", error, StringComparison.Ordinal);
    }

    private static async Task<Guid> SeededAsync(SavedLab lab, string name = "elif")
    {
        await using var db = lab.Open();
        var person = await db.IdAsync(name);
        await db.SeedRecordAsync(person);
        await lab.RunAsync();
        return person;
    }

    private static LoggedEntry Decided(Guid person, string line, string column, string decision) => LoggedEntry.New(
        EntryKind.SignOff, SeededRecord.At, new LogBody { LineDecided = new() { PersonId = LogId.Of(person), Line = line, Column = column, Decision = decision } }, person: person, subject: Guid.NewGuid());

    private static async Task<int> SessionAsync(Sandbox.Storage.SandboxDb db, DeviceId device) => (int)await db.Devices.Where(x => x.Id == device).Select(x => x.Session).SingleAsync(Ct);

    private static async Task<bool> IsInFilesAsync(SavedLab lab, byte[] text)
    {
        foreach (var file in Directory.GetFiles(lab.Folder.Folders.Root, "*.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, Ct);
            if (bytes.ToArray().AsSpan().IndexOf(text) >= 0) return true;
        }
        return false;
    }
}
