using Sandbox.Storage.Telemetry;
using Sandbox.Storage.Traffic;
using SQLitePCL;

namespace Sandbox.Storage.Sqlite.Ingest;

/// <summary>Adds up traffic, and lets go of what is too old.</summary>
internal sealed class TrafficRows(sqlite3 db) : IDisposable
{
    private readonly Statement _add = new(db,
        $"""
        INSERT INTO Traffic (DeviceId, Span, Slot, Interface, MeasuredMs, ReceivedBytes, SentBytes, ReceivedPackets, SentPackets, Errors, Drops, ReceivedPeak, SentPeak)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
        ON CONFLICT (DeviceId, Span, Slot, Interface) DO UPDATE SET
            MeasuredMs = min(MeasuredMs + excluded.MeasuredMs, {TrafficSums.Most}),
            ReceivedBytes = min(ReceivedBytes + excluded.ReceivedBytes, {TrafficSums.Most}), SentBytes = min(SentBytes + excluded.SentBytes, {TrafficSums.Most}),
            ReceivedPackets = min(ReceivedPackets + excluded.ReceivedPackets, {TrafficSums.Most}), SentPackets = min(SentPackets + excluded.SentPackets, {TrafficSums.Most}),
            Errors = min(Errors + excluded.Errors, {TrafficSums.Most}), Drops = min(Drops + excluded.Drops, {TrafficSums.Most}),
            ReceivedPeak = max(ReceivedPeak, excluded.ReceivedPeak), SentPeak = max(SentPeak, excluded.SentPeak)
        """);

    private readonly Statement _forget = new(db, "DELETE FROM Traffic WHERE DeviceId = ?1 AND Span = ?2 AND Slot < ?3");

    public void Write(StreamWrites stream, DateTimeOffset now)
    {
        if (stream.Traffic.Count == 0) return;
        foreach (var row in stream.Traffic.Rows) Add(row);
        foreach (var (span, slot) in TrafficSums.Oldest(now)) _forget.Add(stream.Device).Add((int)span).Add(slot).Run();
    }

    public void Dispose()
    {
        _add.Dispose();
        _forget.Dispose();
    }

    private void Add(StoredTraffic row) => _add
        .Add(row.DeviceId).Add((int)row.Span).Add(row.Slot).Add(row.Interface).Add(row.MeasuredMs)
        .Add(row.ReceivedBytes).Add(row.SentBytes).Add(row.ReceivedPackets).Add(row.SentPackets)
        .Add(row.Errors).Add(row.Drops).Add(row.ReceivedPeak).Add(row.SentPeak).Run();
}
