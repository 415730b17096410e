using Sandbox.Storage.Telemetry;
using Sandbox.Storage.Traffic;

namespace Sandbox.Storage.Postgres.Ingest;

/// <summary>Adds up traffic, and lets go of what is too old.</summary>
internal static class TrafficRows
{
    private static readonly string Put =
        $"""
        INSERT INTO "Traffic" AS known ("DeviceId", "Span", "Slot", "Interface", "MeasuredMs", "ReceivedBytes", "SentBytes", "ReceivedPackets", "SentPackets",
            "Errors", "Drops", "ReceivedPeak", "SentPeak")
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        ON CONFLICT ("DeviceId", "Span", "Slot", "Interface") DO UPDATE SET
            "MeasuredMs" = least(known."MeasuredMs" + excluded."MeasuredMs", {TrafficSums.Most}),
            "ReceivedBytes" = least(known."ReceivedBytes" + excluded."ReceivedBytes", {TrafficSums.Most}),
            "SentBytes" = least(known."SentBytes" + excluded."SentBytes", {TrafficSums.Most}),
            "ReceivedPackets" = least(known."ReceivedPackets" + excluded."ReceivedPackets", {TrafficSums.Most}),
            "SentPackets" = least(known."SentPackets" + excluded."SentPackets", {TrafficSums.Most}),
            "Errors" = least(known."Errors" + excluded."Errors", {TrafficSums.Most}), "Drops" = least(known."Drops" + excluded."Drops", {TrafficSums.Most}),
            "ReceivedPeak" = greatest(known."ReceivedPeak", excluded."ReceivedPeak"), "SentPeak" = greatest(known."SentPeak", excluded."SentPeak")
        """;

    private const string Forget =
        """
        DELETE FROM "Traffic" USING unnest($1, $2, $3) AS old (device, span, slot)
        WHERE "DeviceId" = old.device AND "Span" = old.span AND "Slot" < old.slot
        """;

    public static void Add(Statements statements, IReadOnlyList<StreamWrites> streams, DateTimeOffset now)
    {
        List<StreamWrites> bringing = [.. streams.Where(stream => stream.Traffic.Count > 0)];
        if (bringing.Count == 0) return;
        AddSums(statements, [.. bringing.SelectMany(stream => stream.Traffic.Rows)]);
        var old = bringing.SelectMany(stream => TrafficSums.Oldest(now), (stream, oldest) => (stream.Device, oldest.Span, oldest.Slot)).ToList();
        statements.Add(Forget, Column.Of(old.Select(x => x.Device)), Column.Of(old.Select(x => (int)x.Span)), Column.Of(old.Select(x => x.Slot)));
    }

    private static void AddSums(Statements statements, List<StoredTraffic> rows) => statements.Add(Put,
        Column.Of(rows.Select(x => x.DeviceId)), Column.Of(rows.Select(x => (int)x.Span)), Column.Of(rows.Select(x => x.Slot)), Column.Keys(rows.Select(x => x.Interface)),
        Column.Of(rows.Select(x => x.MeasuredMs)), Column.Of(rows.Select(x => x.ReceivedBytes)), Column.Of(rows.Select(x => x.SentBytes)),
        Column.Of(rows.Select(x => x.ReceivedPackets)), Column.Of(rows.Select(x => x.SentPackets)), Column.Of(rows.Select(x => x.Errors)), Column.Of(rows.Select(x => x.Drops)),
        Column.Of(rows.Select(x => x.ReceivedPeak)), Column.Of(rows.Select(x => x.SentPeak)));
}
