using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Server.Witness;
using Sandbox.Storage.Devices;
using Sandbox.Tests.ServerHost;
using Sandbox.Tests.Storage.Conformance;

namespace Sandbox.Tests.LabBackups;

/// <summary>A lab in one file and out of it again.</summary>
public sealed class BackupsOfBothStores
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData<BothStores>]
    public async Task On_an_empty_machine_the_lab_goes_on_as_it_was(StoreKind kind)
    {
        await using var lab = await SavedLab.OfAsync(kind, 700);
        var status = await Commands.DoneAsync(lab.Folder, "log", "status");

        await using var other = await lab.RestoreAsync(await lab.BackupAsync());

        Assert.Contains("elif", await Commands.DoneAsync(other.Folder, "people", "list"), StringComparison.Ordinal);
        Assert.Equal(Still(status), Still(await Commands.DoneAsync(other.Folder, "log", "status")));
        Assert.StartsWith("The log is whole: 700 entries", await Commands.DoneAsync(other.Folder, "log", "verify"), StringComparison.Ordinal);
        Assert.Equal(0, (await Commands.RunAsync(other.Folder, "keys", "check")).Code);
    }

    [Theory, ClassData<BothStores>]
    public async Task What_was_restored_grows_and_numbers_nothing_twice(StoreKind kind)
    {
        await using var lab = await SavedLab.OfAsync(kind, 3);
        var (reports, newest) = (lab.Ingest.TakeReportIds(10), await NewestRowAsync(lab));
        await using var other = await lab.RestoreAsync(await lab.BackupAsync());

        await other.AddAsync(2);

        var checkpoint = Checkpoint.Parse(SignedNote.Parse(await other.RunAsync()).Text);
        Assert.Equal(5, checkpoint.Size);
        Assert.True(await NewestRowAsync(other) > newest);
        if (kind == StoreKind.Postgres) Assert.True(other.Ingest.TakeReportIds(1) > reports);
        Assert.StartsWith("The log is whole: 5 entries", await Commands.DoneAsync(other.Folder, "log", "verify"), StringComparison.Ordinal);
    }

    [Theory, ClassData<BothStores>]
    public async Task Rows_come_back_byte_for_byte(StoreKind kind)
    {
        await using var lab = await SavedLab.OfAsync(kind, 2);
        await using (var db = lab.Open())
        {
            db.Refusals.Add(new Refusal { At = TimeProvider.System.GetUtcNow(), Reason = Protocol.Reason.CodeExpired, Peer = "192.0.2.7", Detail = "Zeile 1\nZeile 2\t\\N \"ü\" 😀" });
            await db.SaveChangesAsync(Ct);
        }

        await using var other = await lab.RestoreAsync(await lab.BackupAsync());

        await using var before = lab.Open();
        await using var after = other.Open();
        Assert.Equivalent(await before.Refusals.ToListAsync(Ct), await after.Refusals.ToListAsync(Ct), strict: true);
        Assert.Equivalent(await before.LogEntries.ToListAsync(Ct), await after.LogEntries.ToListAsync(Ct), strict: true);
        Assert.Equivalent(await before.Users.ToListAsync(Ct), await after.Users.ToListAsync(Ct), strict: true);
    }

    [Theory, ClassData<BothStores>]
    public async Task Every_backup_that_is_taken_while_the_log_grows_is_whole(StoreKind kind)
    {
        await using var lab = await SavedLab.OfAsync(kind, 10);
        using var enough = new CancellationTokenSource();
        var growing = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                await lab.AddAsync(40);
                await lab.RunAsync();
            }
        }, Ct);
        var sizes = new List<long>();

        for (var i = 0; i < 3; i++)
        {
            await using var other = await lab.RestoreAsync(await lab.BackupAsync($"{i}.backup"));
            sizes.Add(await other.SizeAsync());
            Assert.StartsWith($"The log is whole: {sizes[^1]} entries", await Commands.DoneAsync(other.Folder, "log", "verify"), StringComparison.Ordinal);
        }

        await enough.CancelAsync();
        await growing;
        Assert.Equal(sizes.Order().Distinct(), sizes);
    }

    [Theory, ClassData<BothStores>]
    public async Task A_checkpoint_from_after_the_backup_stops_what_was_restored_and_one_from_before_does_not(StoreKind kind)
    {
        await using var lab = await SavedLab.OfAsync(kind, 3);
        var (before, backup) = (await lab.RunAsync(), await lab.BackupAsync());
        await lab.AddAsync(2);
        var after = await lab.RunAsync();
        await using var other = await lab.RestoreAsync(backup);
        using var keys = other.Keys();
        var court = new TestimonyCourt(other.Store, keys);

        Assert.Equal(Testimony.Agrees, (await court.JudgeAsync(before, Ct)).Testimony);
        Assert.Equal(Testimony.Contradicts, (await court.JudgeAsync(after, Ct)).Testimony);
    }

    [Theory, ClassData<BothStores>]
    public async Task Of_a_log_that_is_altered_no_backup_is_made(StoreKind kind)
    {
        await using var lab = await SavedLab.OfAsync(kind, 300);
        await using (var db = lab.Open()) await db.LogEntries.Where(entry => entry.LeafIndex == 5).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Body, [0]), Ct);

        var (code, _, error) = await Commands.RunAsync(lab.Folder, "backup", lab.Backup, "--passphrase-file", lab.Secret);

        Assert.Equal(1, code);
        Assert.StartsWith("wrong: the body of entry 5 is not the one to which its leaf commits\nNo backup was made", error, StringComparison.Ordinal);
        Assert.Equal([lab.Secret], Directory.GetFileSystemEntries(lab.Elsewhere));
    }

    private static async Task<long> NewestRowAsync(SavedLab lab)
    {
        await using var db = lab.Open();
        return await db.LogEntries.MaxAsync(entry => entry.Id, Ct);
    }

    // How long ago something was changes meanwhile.
    private static string Still(string status) => string.Join('\n', status.Split('\n').Select(line => line.StartsWith("checkpoint:", StringComparison.Ordinal) ? line[..line.LastIndexOf(',')] : line));
}
