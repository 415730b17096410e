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
}
