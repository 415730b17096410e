namespace Sandbox.Storage.Sqlite;

/// <summary>
/// Whose turn it is to write. SQLite lets one connection write and makes the others poll, with longer and longer sleeps: beside a busy ingest the
/// log could wait for seconds. Within one process a lock hands over at once.
/// </summary>
internal sealed class WriteTurn
{
    private readonly Lock _gate = new();

    /// <summary>Waits for its turn and does the work.</summary>
    public T Take<T>(Func<T> work)
    {
        lock (_gate) return work();
    }
}
