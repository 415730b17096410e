using Microsoft.Data.Sqlite;

namespace Sandbox.Tests.ServerHost;

/// <summary>Commands run beside a server that writes all the time; SQLite lets one write and makes the others poll, in vain when they have no luck.</summary>
public sealed class BesideAWriter
{
    [Fact]
    public async Task A_command_that_only_reads_needs_no_turn_at_writing()
    {
        using var folder = await ServerFolder.ReadyAsync();
        await using var writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = folder.Folders.Database, Pooling = false }.ConnectionString);
        await writer.OpenAsync(TestContext.Current.CancellationToken);
        await using var turn = writer.BeginTransaction();

        var listed = await Commands.DoneAsync(folder, "people", "list");

        Assert.Contains("admin", listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_writes_and_gets_no_turn_says_so_and_changes_nothing()
    {
        using var folder = await ServerFolder.ReadyAsync();
        await using (var writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = folder.Folders.Database, Pooling = false }.ConnectionString))
        {
            await writer.OpenAsync(TestContext.Current.CancellationToken);
            await using var turn = writer.BeginTransaction();

            var (code, _, error) = await Commands.RunAsync(folder, "people", "add", "ada", "--role", "apprentice");

            Assert.Equal(1, code);
            Assert.StartsWith("The database did not do it:", error, StringComparison.Ordinal);
            Assert.Contains("locked", error, StringComparison.Ordinal);
            Assert.EndsWith("type the command again.\n", error, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("ada", await Commands.DoneAsync(folder, "people", "list"), StringComparison.Ordinal);
    }
}
