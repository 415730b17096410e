using System.IO.Compression;
using Sandbox.Server.Hosting;
using Sandbox.Storage;
using Sandbox.Storage.Postgres.Copies;
using Sandbox.Tests.ServerHost;
using Sandbox.Tests.Storage;
using Sandbox.Tests.Storage.Conformance;

namespace Sandbox.Tests.LabBackups;

/// <summary>What only a copy of PostgreSQL can have.</summary>
public sealed class PostgresBackups : IAsyncLifetime
{
    private SavedLab _lab = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _lab = await SavedLab.OfAsync(StoreKind.Postgres, 3);

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task A_database_that_a_lab_uses_is_not_touched()
    {
        await _lab.BackupAsync();
        using var empty = ServerFolder.Empty();

        var (code, _, error) = await Commands.RunAsync(empty, "restore", _lab.Backup, "--passphrase-file", _lab.Secret);

        Assert.Equal(2, code);
        Assert.Contains("is in use by a lab. Nothing was changed. Make an empty one", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(empty.Data));
        Assert.Contains("elif", await Commands.DoneAsync(_lab.Folder, "people", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restore_that_was_killed_after_it_made_the_tables_is_done_again()
    {
        await _lab.BackupAsync();
        var database = await SharedPostgres.NewDatabaseAsync();
        using var empty = ServerFolder.Empty();

        await Commands.DoneAsync(empty, "restore", _lab.Backup, "--passphrase-file", _lab.Secret, "--store", database.ToString());

        Assert.Contains("elif", await Commands.DoneAsync(empty, "people", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_verified_without_any_database()
    {
        await _lab.BackupAsync();
        await using var said = new StringWriter();

        // Nobody listens there.
        SavedLab.Change(_lab.Backup, "manifest.json", json => System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(json).Replace(_lab.Settings.Store, "postgresql://sandbox@localhost:1/none", StringComparison.Ordinal)));

        Assert.Equal(0, await ServerProgram.RunAsync(["backup", "verify", _lab.Backup], said, said, Ct));
        Assert.Contains("log: 3 entries, signed checkpoint of 3", said.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "Devices.copy holds no rows of PostgreSQL")]
    [InlineData(20, "Devices.copy ends in the middle of a row")]
    public async Task Rows_that_were_cut_off_are_named(int length, string words)
    {
        var folder = await CopyAsync();
        await using (var file = File.OpenWrite(Path.Combine(folder, "Devices.copy"))) file.SetLength(length);

        var damage = await Assert.ThrowsAsync<InvalidDataException>(() => Copies.OpenAsync(folder, Ct));

        Assert.Equal(words, damage.Message);
    }

    [Fact]
    public async Task Bytes_after_the_last_row_are_damage()
    {
        var folder = await CopyAsync();
        await File.AppendAllTextAsync(Path.Combine(folder, "Devices.copy"), "more", Ct);

        await Assert.ThrowsAsync<InvalidDataException>(() => Copies.OpenAsync(folder, Ct));
    }

    [Fact]
    public async Task A_copy_of_a_newer_schema_is_refused()
    {
        var folder = await CopyAsync();
        var list = Path.Combine(folder, "tables.json");
        var text = await File.ReadAllTextAsync(list, Ct);
        await File.WriteAllTextAsync(list, System.Text.RegularExpressions.Regex.Replace(text, "\"schema\": \"[^\"]*\"", "\"schema\": \"29990101000000_Later\""), Ct);

        var refused = await Assert.ThrowsAsync<StoreUnusableException>(() => Copies.OpenAsync(folder, Ct));

        Assert.Equal("The backup was made by a newer build (29990101000000_Later). Use that build, or a newer one.", refused.Message);
    }

    [Fact]
    public async Task No_table_comes_before_one_that_it_points_to()
    {
        var tables = CopiedTables.Load(await CopyAsync()).Tables.Select(table => table.Name).ToList();

        Assert.True(tables.IndexOf("AspNetUsers") < tables.IndexOf("AspNetUserRoles"));
        Assert.True(tables.IndexOf("AspNetRoles") < tables.IndexOf("AspNetUserRoles"));
    }

    private PostgresCopies Copies => new(Sandbox.Storage.Postgres.PostgresAddress.Parse(_lab.Settings.Store));

    private async Task<string> CopyAsync()
    {
        var folder = Path.Combine(_lab.Elsewhere, "copy");
        await using (var zip = await ZipFile.OpenReadAsync(await _lab.BackupAsync(), Ct)) await zip.ExtractToDirectoryAsync(folder, Ct);
        return Path.Combine(folder, "store");
    }
}
