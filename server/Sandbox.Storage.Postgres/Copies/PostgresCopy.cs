using Sandbox.Storage.Copies;
using Sandbox.Storage.Log;

namespace Sandbox.Storage.Postgres.Copies;

/// <summary>A copy of a PostgreSQL store whose files were all read once.</summary>
internal sealed class PostgresCopy : IStoreCopy
{
    private readonly CopiedLog _log;

    /// <summary>Reads every row of every table.</summary>
    /// <exception cref="InvalidDataException">A file is missing or damaged.</exception>
    public PostgresCopy(string folder)
    {
        var tables = CopiedTables.Load(folder);
        var rows = tables.Tables.ToDictionary(table => table.Name, table => Count(table, folder));
        Schema = tables.Schema;
        Counts = new StoreCounts(rows.GetValueOrDefault("AspNetUsers"), rows.GetValueOrDefault("Devices"), rows.GetValueOrDefault("Reports"));
        _log = new CopiedLog(tables, folder);
    }

    /// <inheritdoc/>
    public string Schema { get; }

    /// <summary>None: what cannot be read is not opened.</summary>
    public IReadOnlyList<string> Faults => [];

    /// <inheritdoc/>
    public StoreCounts Counts { get; }

    /// <inheritdoc/>
    public IReadableLog Log => _log;

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _log.Dispose();
        return ValueTask.CompletedTask;
    }

    private static long Count(CopiedTable table, string folder)
    {
        using var rows = new CopiedRows(table.File(folder), table.Columns.Count);
        var count = 0L;
        while (rows.Read()) count++;
        return count;
    }
}
