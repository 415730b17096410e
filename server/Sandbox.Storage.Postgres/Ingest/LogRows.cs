using Sandbox.Storage.Log;

namespace Sandbox.Storage.Postgres.Ingest;

/// <summary>Writes entries of the evidence log, without a place: the sequencer gives it to them.</summary>
internal static class LogRows
{
    private const string Put =
        """
        INSERT INTO "LogEntries" ("Kind", "At", "DeviceId", "PersonId", "SubjectId", "Leaf", "Salt", "Body")
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    public static void Add(Statements statements, List<LoggedEntry> entries)
    {
        if (entries.Count == 0) return;
        statements.Add(Put, Column.Of(entries.Select(x => (int)x.Kind)), Column.Of(entries.Select(x => x.At)), Column.Of(entries.Select(x => x.DeviceId)),
            Column.Of(entries.Select(x => x.PersonId)), Column.Of(entries.Select(x => x.SubjectId)), Column.Of(entries.Select(x => (byte[]?)x.Leaf)),
            Column.Of(entries.Select(x => x.Salt)), Column.Of(entries.Select(x => x.Body)));
    }
}
