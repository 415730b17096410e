using Sandbox.Storage.Telemetry;

namespace Sandbox.Storage.Postgres.Ingest;

/// <summary>Writes facts, high-water marks and gaps.</summary>
internal static class FactRows
{
    private const string Put =
        """
        INSERT INTO "Facts" ("DeviceId", "Kind", "ReportId", "ChangedAt", "VerifiedAt", "Bytes") SELECT * FROM unnest($1, $2, $3, $4, $5, $6)
        ON CONFLICT ("DeviceId", "Kind") DO UPDATE SET
            "ReportId" = excluded."ReportId", "ChangedAt" = excluded."ChangedAt", "VerifiedAt" = excluded."VerifiedAt", "Bytes" = excluded."Bytes"
        """;

    private const string Verified =
        """
        UPDATE "Facts" SET "VerifiedAt" = said.at FROM unnest($1, $2, $3) AS said (device, kind, at)
        WHERE "DeviceId" = said.device AND "Kind" = said.kind
        """;

    private const string Mark =
        """
        UPDATE "Epochs" SET "LastSequence" = mark.sequence, "LastHash" = mark.hash FROM unnest($1, $2, $3, $4) AS mark (device, epoch, sequence, hash)
        WHERE "DeviceId" = mark.device AND "Id" = mark.epoch
        """;

    private const string Forget =
        """
        DELETE FROM "Gaps" USING unnest($1, $2, $3) AS gone (device, epoch, first)
        WHERE "DeviceId" = gone.device AND "Epoch" = gone.epoch AND "FirstSequence" = gone.first
        """;

    private const string Gap =
        """
        INSERT INTO "Gaps" ("DeviceId", "Epoch", "FirstSequence", "LastSequence", "Cause", "NoticedAt", "LostFrom", "LostTo")
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    public static void Add(Statements statements, IReadOnlyList<StreamWrites> streams)
    {
        AddFacts(statements, [.. streams.SelectMany(stream => stream.Facts.Values)]);
        AddVerified(statements, [.. streams.SelectMany(stream => stream.Verified, (stream, said) => (stream.Device, said.Key, said.Value))]);
        AddMarks(statements, [.. streams.Where(stream => stream.LastSequence is not null)]);
        AddForgotten(statements, [.. streams.SelectMany(stream => stream.ForgottenGaps, (stream, first) => (stream, first))]);
        AddGaps(statements, [.. streams.SelectMany(stream => stream.Gaps)]);
    }

    private static void AddFacts(Statements statements, List<StoredFact> facts)
    {
        if (facts.Count == 0) return;
        statements.Add(Put, Column.Of(facts.Select(x => x.DeviceId)), Column.Of(facts.Select(x => x.Kind)), Column.Of(facts.Select(x => x.ReportId)),
            Column.Of(facts.Select(x => x.ChangedAt)), Column.Of(facts.Select(x => x.VerifiedAt)), Column.Of(facts.Select(x => (byte[]?)x.Bytes)));
    }

    private static void AddVerified(Statements statements, List<(Protocol.DeviceId Device, int Kind, DateTimeOffset At)> said)
    {
        if (said.Count == 0) return;
        statements.Add(Verified, Column.Of(said.Select(x => x.Device)), Column.Of(said.Select(x => x.Kind)), Column.Of(said.Select(x => x.At)));
    }

    private static void AddMarks(Statements statements, List<StreamWrites> streams)
    {
        if (streams.Count == 0) return;
        statements.Add(Mark, Column.Of(streams.Select(x => x.Device)), Column.Of(streams.Select(x => (byte[]?)x.Epoch)),
            Column.Of(streams.Select(x => x.LastSequence)), Column.Of(streams.Select(x => x.LastHash)));
    }

    private static void AddForgotten(Statements statements, List<(StreamWrites Stream, long First)> gone)
    {
        if (gone.Count == 0) return;
        statements.Add(Forget, Column.Of(gone.Select(x => x.Stream.Device)), Column.Of(gone.Select(x => (byte[]?)x.Stream.Epoch)), Column.Of(gone.Select(x => x.First)));
    }

    private static void AddGaps(Statements statements, List<ReportGap> gaps)
    {
        if (gaps.Count == 0) return;
        statements.Add(Gap, Column.Of(gaps.Select(x => x.DeviceId)), Column.Of(gaps.Select(x => (byte[]?)x.Epoch)), Column.Of(gaps.Select(x => x.FirstSequence)),
            Column.Of(gaps.Select(x => x.LastSequence)), Column.Of(gaps.Select(x => (int)x.Cause)), Column.Of(gaps.Select(x => x.NoticedAt)),
            Column.Of(gaps.Select(x => x.LostFrom)), Column.Of(gaps.Select(x => x.LostTo)));
    }
}
