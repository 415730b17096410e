using Microsoft.EntityFrameworkCore;
using Sandbox.Tests.LabBackups;
using Sandbox.Tests.ServerHost;
using Sandbox.Tests.Storage.Conformance;

namespace Sandbox.Tests.Retention;

/// <summary>Everybody whose time is over is erased in turn, whatever happens to one of them.</summary>
public sealed class ErasedInTurn : IAsyncLifetime
{
    private SavedLab _lab = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _lab = await SavedLab.OfAsync(StoreKind.Sqlite, 6);
        foreach (var name in (string[])["noor", "pia"]) await Commands.DoneAsync(_lab.Folder, "people", "add", name, "--role", "apprentice");
        foreach (var name in (string[])["elif", "noor", "pia"])
        {
            await Commands.DoneAsync(_lab.Folder, "people", "exit", name, "--on", "2015-06-30");
            await using var db = _lab.Open();
            await db.SeedRecordAsync(await db.IdAsync(name));
        }
        await _lab.RunAsync();
    }

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Who_is_held_a_moment_before_is_told_and_the_others_are_erased()
    {
        // Between the looking and the erasing of the next one.
        await ChangeAsync("CREATE TRIGGER meanwhile AFTER INSERT ON LogEntries WHEN NEW.Kind = 21 BEGIN UPDATE KeptRecords SET HeldFor = 'case 12-3' WHERE PersonId = (SELECT Id FROM AspNetUsers WHERE UserName = 'noor'); END");

        var (code, output, _) = await Commands.RunAsync(_lab.Folder, "retention", "erase", "--due", "--yes");

        Assert.Equal(1, code);
        Assert.Contains("Not erased: noor. noor is held since", output, StringComparison.Ordinal);
        Assert.Equal(["noor"], await LeftAsync());
    }

    [Fact]
    public async Task What_was_erased_is_written_over_though_the_next_one_fails()
    {
        // The last connection that is closed empties the journal in any case.
        await using var open = _lab.Open();
        await open.Database.OpenConnectionAsync(Ct);
        await ChangeAsync("CREATE TRIGGER stop BEFORE INSERT ON LogEntries WHEN NEW.Kind = 21 AND EXISTS (SELECT 1 FROM LogEntries WHERE Kind = 21) BEGIN SELECT RAISE(ABORT, 'killed'); END");

        var (code, output, _) = await Commands.RunAsync(_lab.Folder, "retention", "erase", "--due", "--yes");

        Assert.Equal(1, code);
        Assert.Contains("The record of elif is erased", output, StringComparison.Ordinal);
        Assert.Equal(["noor", "pia"], await LeftAsync());
        Assert.Equal(0, new FileInfo(_lab.Folder.Folders.Database + "-wal") is { Exists: true } journal ? journal.Length : 0);
    }

    private async Task ChangeAsync(string sql)
    {
        await using var db = _lab.Open();
        await db.Database.ExecuteSqlRawAsync(sql, Ct);
    }

    private async Task<List<string?>> LeftAsync()
    {
        await using var db = _lab.Open();
        return await db.Users.Where(x => x.UserName != "admin").OrderBy(x => x.UserName).Select(x => x.UserName).ToListAsync(Ct);
    }
}
