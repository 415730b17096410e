using Sandbox.Protocol;
using Sandbox.Storage.Findings;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Storage.Postgres.Ingest;

/// <summary>Writes verdicts and their transitions.</summary>
internal static class FindingRows
{
    private const string Put =
        """
        INSERT INTO "Findings" ("DeviceId", "Rule", "Subject", "Verdict", "Severity", "Expected", "Observed", "Reason", "Since", "LastVerified", "ReportId", "Policy", "LongestGapMs")
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        ON CONFLICT ("DeviceId", "Rule", "Subject") DO UPDATE SET
            "Verdict" = excluded."Verdict", "Severity" = excluded."Severity", "Expected" = excluded."Expected", "Observed" = excluded."Observed",
            "Reason" = excluded."Reason", "Since" = excluded."Since", "LastVerified" = excluded."LastVerified", "ReportId" = excluded."ReportId",
            "Policy" = excluded."Policy", "LongestGapMs" = excluded."LongestGapMs"
        """;

    private const string Verified =
        """
        UPDATE "Findings" SET "LastVerified" = said.at, "ReportId" = said.report, "LongestGapMs" = said.gap FROM unnest($1, $2, $3, $4, $5, $6) AS said (device, rule, subject, at, report, gap)
        WHERE "DeviceId" = said.device AND "Rule" = said.rule AND "Subject" = said.subject
        """;

    private const string Gone =
        """
        DELETE FROM "Findings" USING unnest($1, $2, $3) AS gone (device, rule, subject)
        WHERE "DeviceId" = gone.device AND "Rule" = gone.rule AND "Subject" = gone.subject
        """;

    private const string Transition =
        """
        INSERT INTO "Transitions" ("DeviceId", "Rule", "Subject", "From", "To", "At", "Expected", "Observed", "Reason", "ReportId", "Policy")
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """;

    public static void Add(Statements statements, IReadOnlyList<StreamWrites> streams)
    {
        AddGone(statements, [.. streams.SelectMany(stream => stream.GoneFindings, (stream, key) => (stream.Device, key))]);
        // Two subjects may be one once they are storable; a statement must not meet a row twice.
        AddFindings(statements, [.. streams.SelectMany(stream => stream.Findings.Values).Reverse().DistinctBy(x => (x.DeviceId, StorableText.Key(x.Rule), StorableText.Key(x.Subject)))]);
        AddVerified(statements, [.. streams.SelectMany(stream => stream.VerifiedFindings.Where(x => !stream.Findings.ContainsKey(x.Key)).Select(x => x.Value))]);
        AddTransitions(statements, [.. streams.SelectMany(stream => stream.Transitions)]);
    }

    private static void AddGone(Statements statements, List<(DeviceId Device, FindingKey Key)> gone)
    {
        if (gone.Count == 0) return;
        statements.Add(Gone, Column.Of(gone.Select(x => x.Device)), Column.Keys(gone.Select(x => x.Key.Rule)), Column.Keys(gone.Select(x => x.Key.Subject)));
    }

    private static void AddFindings(Statements statements, List<StoredFinding> rows)
    {
        if (rows.Count == 0) return;
        statements.Add(Put, Column.Of(rows.Select(x => x.DeviceId)), Column.Keys(rows.Select(x => x.Rule)), Column.Keys(rows.Select(x => x.Subject)),
            Column.Of(rows.Select(x => (int)x.Verdict)), Column.Of(rows.Select(x => (int)x.Severity)), Column.Of(rows.Select(x => (string?)x.Expected)),
            Column.Of(rows.Select(x => x.Observed)), Column.Of(rows.Select(x => x.Reason)), Column.Of(rows.Select(x => x.Since)),
            Column.Of(rows.Select(x => x.LastVerified)), Column.Of(rows.Select(x => x.ReportId)), Column.Of(rows.Select(x => (string?)x.Policy)),
            Column.Of(rows.Select(x => x.LongestGapMs)));
    }

    private static void AddVerified(Statements statements, List<StoredFinding> rows)
    {
        if (rows.Count == 0) return;
        statements.Add(Verified, Column.Of(rows.Select(x => x.DeviceId)), Column.Keys(rows.Select(x => x.Rule)), Column.Keys(rows.Select(x => x.Subject)),
            Column.Of(rows.Select(x => x.LastVerified)), Column.Of(rows.Select(x => x.ReportId)), Column.Of(rows.Select(x => x.LongestGapMs)));
    }

    private static void AddTransitions(Statements statements, List<FindingTransition> rows)
    {
        if (rows.Count == 0) return;
        statements.Add(Transition, Column.Of(rows.Select(x => x.DeviceId)), Column.Keys(rows.Select(x => x.Rule)), Column.Keys(rows.Select(x => x.Subject)),
            Column.Of(rows.Select(x => (int?)x.From)), Column.Of(rows.Select(x => (int?)x.To)), Column.Of(rows.Select(x => x.At)),
            Column.Of(rows.Select(x => (string?)x.Expected)), Column.Of(rows.Select(x => x.Observed)), Column.Of(rows.Select(x => x.Reason)),
            Column.Of(rows.Select(x => x.ReportId)), Column.Of(rows.Select(x => (string?)x.Policy)));
    }
}
