using Sandbox.Storage.Telemetry;
using SQLitePCL;

namespace Sandbox.Storage.Sqlite.Ingest;

/// <summary>Writes reports, facts, the high-water mark and gaps of one stream.</summary>
internal sealed class ReportRows(sqlite3 db) : IDisposable
{
    // Rows of one statement: a batch costs a twelfth less than with a statement for each.
    private const int Together = 8;

    private readonly Statement _report = new(db, Insert(1));

    private readonly Statement _reports = new(db, Insert(Together));

    private readonly Statement _fact = new(db,
        """
        INSERT INTO Facts (DeviceId, Kind, ReportId, ChangedAt, VerifiedAt, Bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (DeviceId, Kind) DO UPDATE SET
            ReportId = excluded.ReportId, ChangedAt = excluded.ChangedAt, VerifiedAt = excluded.VerifiedAt, Bytes = excluded.Bytes
        """);

    private readonly Statement _verified = new(db, "UPDATE Facts SET VerifiedAt = ?3 WHERE DeviceId = ?1 AND Kind = ?2");

    private readonly Statement _mark = new(db, "UPDATE Epochs SET LastSequence = ?3, LastHash = ?4 WHERE DeviceId = ?1 AND Id = ?2");

    private readonly Statement _forget = new(db, "DELETE FROM Gaps WHERE DeviceId = ?1 AND Epoch = ?2 AND FirstSequence = ?3");

    private readonly Statement _gap = new(db,
        """
        INSERT INTO Gaps (DeviceId, Epoch, FirstSequence, LastSequence, Cause, NoticedAt, LostFrom, LostTo)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """);

    private readonly Statement _seen = new(db, "UPDATE Devices SET LastSeenAt = ?2 WHERE Id = ?1");

    public void Write(StreamWrites stream)
    {
        Write(stream.Reports);
        foreach (var fact in stream.Facts.Values) Write(fact);
        foreach (var (kind, at) in stream.Verified) _verified.Add(stream.Device).Add(kind).Add(at).Run();
        if (stream.LastSequence is { } last) _mark.Add(stream.Device).Add(stream.Epoch).Add(last).Add(stream.LastHash).Run();
        foreach (var first in stream.ForgottenGaps) _forget.Add(stream.Device).Add(stream.Epoch).Add(first).Run();
        foreach (var gap in stream.Gaps) Write(gap);
        if (stream.SeenAt is { } seen) _seen.Add(stream.Device).Add(seen).Run();
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_report, _reports, _fact, _verified, _mark, _forget, _gap, _seen]) statement.Dispose();
    }

    private void Write(List<StoredReport> reports)
    {
        for (var i = 0; i < reports.Count;)
        {
            var together = reports.Count - i >= Together ? Together : 1;
            var statement = together == 1 ? _report : _reports;
            statement.Add(reports[i].DeviceId).Add(reports[i].Epoch).Add(reports[i].ReceivedAt);
            for (var end = i + together; i < end; i++)
                statement.Add(reports[i].Id).Add(reports[i].Sequence).Add(reports[i].CollectedAt).Add(reports[i].Bytes).Add(reports[i].Signature);
            statement.Run();
        }
    }

    // One device, one epoch and one arrival in all of them.
    private static string Insert(int rows) =>
        $"""
        INSERT INTO Reports (DeviceId, Epoch, ReceivedAt, Id, Sequence, CollectedAt, Bytes, Signature)
        VALUES {string.Join(", ", Enumerable.Range(0, rows).Select(row => $"(?1, ?2, ?3, ?{row * 5 + 4}, ?{row * 5 + 5}, ?{row * 5 + 6}, ?{row * 5 + 7}, ?{row * 5 + 8})"))}
        """;

    private void Write(StoredFact fact) => _fact
        .Add(fact.DeviceId).Add(fact.Kind).Add(fact.ReportId).Add(fact.ChangedAt).Add(fact.VerifiedAt).Add(fact.Bytes).Run();

    private void Write(ReportGap gap) => _gap
        .Add(gap.DeviceId).Add(gap.Epoch).Add(gap.FirstSequence).Add(gap.LastSequence)
        .Add((int)gap.Cause).Add(gap.NoticedAt).Add(gap.LostFrom).Add(gap.LostTo).Run();
}
