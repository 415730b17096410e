using Npgsql;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Storage.Postgres.Ingest;

/// <summary>Raises the sessions of devices whose streams begin.</summary>
internal static class Sessions
{
    private const string Raise =
        """
        UPDATE "Devices" SET "Session" = hello.session, "AgentVersion" = hello.version, "ClockOffsetMs" = hello.clock, "LastSeenAt" = hello.now
        FROM unnest($1, $2, $3, $4, $5) AS hello (device, session, version, clock, now) WHERE "Id" = hello.device
        """;

    private const string Sight =
        """
        INSERT INTO "Sightings" ("DeviceId", "At", "Session", "Peer", "HostName", "BootId", "Epoch", "LastSequence", "Serial")
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    private static readonly string Forget =
        $"""
        DELETE FROM "Sightings" USING (
            SELECT device, (SELECT "Id" FROM "Sightings" WHERE "DeviceId" = device ORDER BY "Id" DESC LIMIT 1 OFFSET {Sighting.Most}) AS newest FROM unnest($1) AS device) AS gone
        WHERE "DeviceId" = gone.device AND "Id" <= gone.newest
        """;

    private const string Begin =
        """
        INSERT INTO "Epochs" ("DeviceId", "Id", "LastSequence", "LastHash", "FirstSeenAt") SELECT device, epoch, 0, NULL, now FROM unnest($1, $2, $3) AS hello (device, epoch, now)
        ON CONFLICT DO NOTHING RETURNING "DeviceId", "Id"
        """;

    private const string Mark =
        """
        SELECT "DeviceId", "Id", "LastSequence", EXISTS (SELECT 1 FROM "Facts" WHERE "Facts"."DeviceId" = "Epochs"."DeviceId"), "LastHash"
        FROM "Epochs" JOIN unnest($1, $2) AS hello (device, epoch) ON "DeviceId" = hello.device AND "Id" = hello.epoch
        """;

    public static SessionOpened[] Open(NpgsqlConnection connection, IReadOnlyList<SessionOpening> openings, DeviceFence fence, DateTimeOffset now)
    {
        var raised = openings.Select(opening => (Opening: opening, Raised: fence.Raise(opening))).ToList();
        var let = raised.Where(x => x.Raised.Why == Reason.Unspecified).Select(x => (x.Opening, x.Raised.Session)).ToList();
        if (let.Count == 0) return [.. raised.Select(x => new SessionOpened(x.Raised.Why))];

        using var statements = Statements(connection, let, now);
        using var rows = statements.Read();
        var began = rows.Rest(row => (row.Device(0), Convert.ToHexString(row.Bytes(1)))).ToHashSet();
        var marks = rows.Rest(row => (Key: (row.Device(0), Convert.ToHexString(row.Bytes(1))), Sequence: row.GetInt64(2), HasFacts: row.GetBoolean(3), Hash: row.BytesOrNull(4)))
            .DistinctBy(mark => mark.Key).ToDictionary(mark => mark.Key);
        return [.. raised.Select(x => Opened(x.Opening, x.Raised))];

        SessionOpened Opened(SessionOpening opening, (Reason Why, long Session) session)
        {
            if (session.Why != Reason.Unspecified) return new SessionOpened(session.Why);
            var mark = marks[(opening.Device, Convert.ToHexString(opening.Epoch))];
            return new SessionOpened(Reason.Unspecified, session.Session, mark.Sequence, began.Remove(mark.Key), mark.HasFacts) { LastHash = mark.Hash };
        }
    }

    private static Statements Statements(NpgsqlConnection connection, List<(SessionOpening Hello, long Session)> let, DateTimeOffset now)
    {
        // A device that came twice is what it said last.
        var last = Enumerable.Reverse(let).DistinctBy(x => x.Hello.Device).ToList();
        var epochs = let.DistinctBy(x => (x.Hello.Device, Convert.ToHexString(x.Hello.Epoch))).ToList();
        return new Statements(connection)
            .Add(Raise, Column.Of(last.Select(x => x.Hello.Device)), Column.Of(last.Select(x => x.Session)), Column.Of(last.Select(x => (string?)x.Hello.AgentVersion)),
                Column.Of(last.Select(x => x.Hello.ClockOffsetMs)), Column.Of(last.Select(_ => now)))
            .Add(Sight, Column.Of(let.Select(x => x.Hello.Device)), Column.Of(let.Select(_ => now)), Column.Of(let.Select(x => x.Session)),
                Column.Of(let.Select(x => (string?)x.Hello.Peer)), Column.Of(let.Select(x => x.Hello.HostName)), Column.Of(let.Select(x => x.Hello.BootId)),
                Column.Of(let.Select(x => (byte[]?)x.Hello.Epoch)), Column.Of(let.Select(x => x.Hello.LastSequence)), Column.Of(let.Select(x => (byte[]?)x.Hello.Serial)))
            .Add(Forget, Column.Of(last.Select(x => x.Hello.Device)))
            .Add(Begin, Column.Of(epochs.Select(x => x.Hello.Device)), Column.Of(epochs.Select(x => (byte[]?)x.Hello.Epoch)), Column.Of(epochs.Select(_ => now)))
            .Add(Mark, Column.Of(epochs.Select(x => x.Hello.Device)), Column.Of(epochs.Select(x => (byte[]?)x.Hello.Epoch)));
    }
}
