using Npgsql;
using Sandbox.Protocol;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Storage.Postgres.Ingest;

/// <summary>Writes one batch: locks its devices, asks the fence, and writes what all streams that may have brought, table by table.</summary>
internal static class Transaction
{
    public static BatchStored Run(NpgsqlConnection connection, IngestBatch batch)
    {
        using var transaction = connection.BeginTransaction();
        var fence = DeviceFence.Of(batch, connection);
        var refused = batch.Writes.Select(fence.Admit).ToArray();
        foreach (var round in Rounds(batch.Writes.Where((_, i) => refused[i] == Reason.Unspecified))) Write(connection, round, batch.Now);
        var opened = batch.Openings.Count > 0 ? Sessions.Open(connection, batch.Openings, fence, batch.Now) : [];
        transaction.Commit();
        return new BatchStored(refused, opened);
    }

    // A stream and the server's own judgement may both write of a device. What came later then has the last word, as in one row after the other.
    private static List<List<StreamWrites>> Rounds(IEnumerable<StreamWrites> admitted)
    {
        var rounds = new List<List<StreamWrites>>();
        var times = new Dictionary<DeviceId, int>();
        foreach (var stream in admitted)
        {
            var round = times.GetValueOrDefault(stream.Device);
            times[stream.Device] = round + 1;
            if (round == rounds.Count) rounds.Add([]);
            rounds[round].Add(stream);
        }
        return rounds;
    }

    private static void Write(NpgsqlConnection connection, List<StreamWrites> streams, DateTimeOffset now)
    {
        if (streams.Any(stream => stream.Reports.Count > 0)) ReportRows.Write(connection, streams.SelectMany(stream => stream.Reports));
        using var statements = new Statements(connection);
        FactRows.Add(statements, streams);
        FindingRows.Add(statements, streams);
        DeviceRows.Add(statements, streams, now);
        EvidenceRows.Add(statements, [.. streams.SelectMany(stream => stream.Evidence.Values)]);
        ActRows.Add(statements, streams);
        TrafficRows.Add(statements, streams, now);
        LogRows.Add(statements, [.. streams.SelectMany(stream => stream.Entries)]);
        statements.Run();
    }
}
