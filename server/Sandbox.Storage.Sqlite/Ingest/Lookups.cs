using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Telemetry;
using SQLitePCL;

namespace Sandbox.Storage.Sqlite.Ingest;

/// <summary>What the ingest looks up now and then.</summary>
internal sealed class Lookups(sqlite3 db) : IDisposable
{
    // By row, and the device is looked at row by row: reports of one device that follow each other lie close together.
    private readonly Statement _reports = new(db,
        $"""
        SELECT Id, Epoch, Sequence, CollectedAt, ReceivedAt, Bytes, Signature FROM Reports
        WHERE Id >= ?2 AND Id < ?2 + {IIngestStore.Reach} AND DeviceId = ?1 ORDER BY Id LIMIT ?3
        """);

    private readonly Statement _report = new(db, "SELECT Id, Epoch, Sequence, CollectedAt, ReceivedAt, Bytes, Signature, DeviceId FROM Reports WHERE Id = ?1");

    private readonly Statement _hardware = new(db,
        $"""
        SELECT DeviceId, OwnerId, EnrolledAt, ReplacedBy, HardwareNames.Name FROM HardwareNames JOIN Devices ON Id = DeviceId
        WHERE DeviceId IN (SELECT DeviceId FROM HardwareNames WHERE Name = ?2) AND DeviceId <> ?1 ORDER BY EnrolledAt LIMIT {IIngestStore.MostNames}
        """);

    private readonly Statement _due = new(db,
        $"SELECT Id FROM Devices WHERE JudgeAt <= ?1 AND State = {(int)DeviceState.Active} ORDER BY JudgeAt LIMIT ?2");

    public IReadOnlyList<StoredReport> Reports(DeviceId device, long firstId, int most)
    {
        var rows = new List<StoredReport>();
        for (_reports.Add(device).Add(firstId).Add(most); _reports.Step();) rows.Add(Row(_reports, device));
        return rows;
    }

    public StoredReport? Report(long id)
    {
        StoredReport? row = null;
        for (_report.Add(id); _report.Step();) row = Row(_report, _report.Device(7));
        return row;
    }

    public IReadOnlyList<NamedMachine> OthersWithHardware(DeviceId device, IReadOnlyCollection<string> names)
    {
        var rows = new List<NamedMachine>();
        foreach (var name in names)
            for (_hardware.Add(device).Add(name); _hardware.Step();)
                rows.Add(new NamedMachine(_hardware.Device(0), _hardware.Guid(1), _hardware.Instant(2), _hardware.DeviceOrNull(3), new HashSet<string> { _hardware.Text(4) }));
        return NamedMachine.Joined(rows);
    }

    public IReadOnlyList<DeviceId> DueForJudgement(DateTimeOffset now, int most) => Devices(_due.Add(now).Add(most));

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_reports, _report, _hardware, _due]) statement.Dispose();
    }

    private static StoredReport Row(Statement row, DeviceId device) => new()
    {
        Id = row.Number(0),
        DeviceId = device,
        Epoch = row.Blob(1).ToArray(),
        Sequence = row.Number(2),
        CollectedAt = row.Instant(3),
        ReceivedAt = row.Instant(4),
        Bytes = row.Blob(5).ToArray(),
        Signature = row.BytesOrNull(6),
    };

    private static List<DeviceId> Devices(Statement rows)
    {
        var found = new List<DeviceId>();
        while (rows.Step()) found.Add(rows.Device(0));
        return found;
    }
}
