using Npgsql;
using Sandbox.Evidence;
using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Storage.Postgres.Ingest;

/// <summary>The ingest writer's way into PostgreSQL: one connection of its own, opened at first use and again after a fault.</summary>
internal sealed class PostgresIngestStore(NpgsqlDataSource source, PostgresAddress address) : IIngestStore
{
    /// <summary>How many row numbers a step of the sequence stands for; the migration says the same.</summary>
    internal const int Block = 1000;

    // A writer that lost to another one may simply try again: nothing of it was written.
    private const int MostTries = 5;

    private NpgsqlConnection? _connection;
    private long _nextReport;
    private long _endOfBlock;

    /// <inheritdoc/>
    public long TakeReportIds(int count)
    {
        while (_endOfBlock - _nextReport < count)
        {
            // Several servers share the sequence: the next block may not follow on ours, and what is left of ours is then nobody's.
            var block = Try(NextBlock);
            if (block != _endOfBlock) _nextReport = block;
            _endOfBlock = block + Block;
        }
        var first = _nextReport;
        _nextReport += count;
        return first;
    }

    /// <inheritdoc/>
    public DeviceRecord Read(DeviceId device, byte[] epoch) => Try(connection => DeviceReader.Read(connection, device, epoch));

    /// <inheritdoc/>
    public IReadOnlyList<StoredReport> Reports(DeviceId device, long firstId, int most) => Try(connection => Lookups.Reports(connection, device, firstId, most));

    /// <inheritdoc/>
    public StoredReport? Report(long id) => Try(connection => Lookups.Report(connection, id));

    /// <inheritdoc/>
    public IReadOnlyList<NamedMachine> OthersWithHardware(DeviceId device, IReadOnlyCollection<string> names) =>
        Try(connection => Lookups.OthersWithHardware(connection, device, names));

    /// <inheritdoc/>
    public IReadOnlyList<StoredAct> Acts(DeviceId device, DateTimeOffset from, DateTimeOffset to) => Try(connection => WhoDidWhat.Acts(connection, device, from, to));

    /// <inheritdoc/>
    public IReadOnlyList<OthersFact> FactsOfOthers(DeviceId device, Guid person, Fact.KindOneofCase kind, string text) =>
        Try(connection => WhoDidWhat.FactsOfOthers(connection, device, person, kind, text));

    /// <inheritdoc/>
    public IReadOnlyList<AccountHolder> Holders() => Try(WhoDidWhat.Holders);

    /// <inheritdoc/>
    public AboutDevice About(DeviceId device) => Try(connection => PeoplesWord.Of(connection, device));

    /// <inheritdoc/>
    public IReadOnlyList<DeviceId> DueForJudgement(DateTimeOffset now, int most) => Try(connection => Lookups.DueForJudgement(connection, now, most));

    /// <inheritdoc/>
    public BatchStored Commit(IngestBatch batch)
    {
        var stored = Try(connection => Patiently(connection, batch));
        // A device may come from another server, which numbered its reports meanwhile: those that follow are numbered higher.
        if (batch.Openings.Count > 0) _nextReport = _endOfBlock;
        return stored;
    }

    /// <inheritdoc/>
    public void Dispose() => _connection?.Dispose();

    private static BatchStored Patiently(NpgsqlConnection connection, IngestBatch batch)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return Transaction.Run(connection, batch);
            }
            catch (PostgresException fault) when (tries < MostTries && fault.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure)
            {
                // Devices are locked in order; only a command that takes two of them can get in a circle with us.
            }
        }
    }

    private static long NextBlock(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("""SELECT nextval('"ReportNumbers"')""", connection);
        return (long)command.ExecuteScalar()!;
    }

    private T Try<T>(Func<NpgsqlConnection, T> work)
    {
        try
        {
            return work(_connection ??= source.OpenConnection());
        }
        catch (Exception thrown) when (BrokenConnection.Of(thrown) is { } fault)
        {
            // Whatever the pool still holds may be as dead as this one.
            _connection?.Dispose();
            _connection = null;
            source.Clear();
            throw new StoreUnavailableException($"The database {address.Database} on {address.Server} does not take reports now: {PostgresFaults.Whole(fault)}", fault);
        }
    }
}
