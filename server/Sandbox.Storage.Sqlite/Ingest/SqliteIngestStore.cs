using Microsoft.Data.Sqlite;
using Sandbox.Evidence;
using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Storage.Sqlite.Ingest;

/// <summary>The ingest writer's way into SQLite: one connection of its own, opened at first use and again after a fault.</summary>
internal sealed class SqliteIngestStore(SqliteFile file, WriteTurn turn) : IIngestStore
{
    private IngestConnection? _connection;
    private long _nextReport;

    /// <inheritdoc/>
    public long TakeReportIds(int count)
    {
        if (_nextReport == 0) _nextReport = Try(connection => connection.LastReport() + 1);
        var first = _nextReport;
        _nextReport += count;
        return first;
    }

    /// <inheritdoc/>
    public DeviceRecord Read(DeviceId device, byte[] epoch) => Try(connection => connection.Reader.Read(device, epoch));

    /// <inheritdoc/>
    public IReadOnlyList<StoredReport> Reports(DeviceId device, long firstId, int most) => Try(connection => connection.Lookups.Reports(device, firstId, most));

    /// <inheritdoc/>
    public StoredReport? Report(long id) => Try(connection => connection.Lookups.Report(id));

    /// <inheritdoc/>
    public IReadOnlyList<NamedMachine> OthersWithHardware(DeviceId device, IReadOnlyCollection<string> names) =>
        Try(connection => connection.Lookups.OthersWithHardware(device, names));

    /// <inheritdoc/>
    public IReadOnlyList<StoredAct> Acts(DeviceId device, DateTimeOffset from, DateTimeOffset to) => Try(connection => connection.WhoDidWhat.Acts(device, from, to));

    /// <inheritdoc/>
    public IReadOnlyList<OthersFact> FactsOfOthers(DeviceId device, Guid person, Fact.KindOneofCase kind, string text) =>
        Try(connection => connection.WhoDidWhat.FactsOfOthers(device, person, kind, text));

    /// <inheritdoc/>
    public IReadOnlyList<AccountHolder> Holders() => Try(connection => connection.WhoDidWhat.Holders());

    /// <inheritdoc/>
    public AboutDevice About(DeviceId device) => Try(connection => connection.PeoplesWord.Of(device));

    /// <inheritdoc/>
    public IReadOnlyList<DeviceId> DueForJudgement(DateTimeOffset now, int most) => Try(connection => connection.Lookups.DueForJudgement(now, most));

    /// <inheritdoc/>
    public BatchStored Commit(IngestBatch batch) => turn.Take(() => Try(connection => connection.InTransaction(() =>
    {
        var refused = new Reason[batch.Writes.Count];
        for (var i = 0; i < refused.Length; i++) refused[i] = Write(connection, batch.Writes[i], batch.Now);
        return new BatchStored(refused, [.. batch.Openings.Select(opening => connection.Sessions.Open(opening, batch.Now))]);
    })));

    /// <inheritdoc/>
    public void Dispose() => _connection?.Dispose();

    /// <summary>Runs a pragma on the writer's own connection.</summary>
    internal void Execute(string sql) => Try(connection => connection.Execute(sql));

    private static Reason Write(IngestConnection connection, StreamWrites stream, DateTimeOffset now)
    {
        var why = connection.Fence.Refuses(stream.Device, stream.Serial, stream.Session);
        if (why != Reason.Unspecified) return why;
        connection.Reports.Write(stream);
        connection.Findings.Write(stream);
        connection.Devices.Write(stream, now);
        connection.Acts.Write(stream);
        connection.Traffic.Write(stream, now);
        foreach (var evidence in stream.Evidence.Values) connection.Evidence.Write(evidence);
        foreach (var entry in stream.Entries) connection.Log.Write(entry);
        return Reason.Unspecified;
    }

    private T Try<T>(Func<IngestConnection, T> work)
    {
        try
        {
            return work(_connection ??= IngestConnection.Open(file));
        }
        catch (SqliteException fault)
        {
            _connection?.Dispose();
            _connection = null;
            throw new StoreUnavailableException($"The database {file.Path} does not take reports now: {fault.Message}", fault);
        }
    }
}
