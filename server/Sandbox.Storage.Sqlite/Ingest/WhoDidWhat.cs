using System.Text;
using Sandbox.Evidence;
using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Telemetry;
using SQLitePCL;

namespace Sandbox.Storage.Sqlite.Ingest;

/// <summary>Reads what tells who made a change, and who else saw it.</summary>
internal sealed class WhoDidWhat(sqlite3 db) : IDisposable
{
    private readonly Statement _acts = new(db,
        $"""
        SELECT Id, OccurredAt, ReportId, Method, Action, IsAutomation, Actor, RecordCount, Bytes FROM Acts
        WHERE DeviceId = ?1 AND OccurredAt BETWEEN ?2 AND ?3 AND Action <> {(int)AdminAct.Types.Action.LogIn} ORDER BY OccurredAt DESC LIMIT {IIngestStore.MostActs}
        """);

    private readonly Statement _holders = new(db,
        """
        SELECT PersonId, CASE WHEN DisplayName <> '' THEN DisplayName ELSE UserName END, AspNetRoles.Name, Kind, Value, DeviceId, "From", Until
        FROM HeldAccounts JOIN AspNetUsers ON AspNetUsers.Id = PersonId
        JOIN AspNetUserRoles ON UserId = PersonId JOIN AspNetRoles ON AspNetRoles.Id = RoleId
        """);

    private readonly Statement _others = new(db,
        $"""
        SELECT Devices.Name, OwnerId, CASE WHEN DisplayName <> '' THEN DisplayName ELSE UserName END, Bytes, ChangedAt, ClockOffsetMs, ReportId
        FROM Facts JOIN Devices ON Devices.Id = DeviceId JOIN AspNetUsers ON AspNetUsers.Id = OwnerId
        WHERE DeviceId <> ?1 AND OwnerId <> ?2 AND Kind = ?3 AND (length(?4) = 0 OR instr(Bytes, ?4) > 0) AND State = {(int)DeviceState.Active}
        ORDER BY ReportId DESC LIMIT {IIngestStore.MostOthers}
        """);

    public List<StoredAct> Acts(DeviceId device, DateTimeOffset from, DateTimeOffset to)
    {
        var rows = new List<StoredAct>();
        for (_acts.Add(device).Add(from).Add(to); _acts.Step();)
        {
            rows.Add(new StoredAct
            {
                DeviceId = device,
                Id = _acts.Blob(0).ToArray(),
                OccurredAt = _acts.Instant(1),
                ReportId = _acts.Number(2),
                Method = (AdminAct.Types.Method)_acts.Number(3),
                Action = (AdminAct.Types.Action)_acts.Number(4),
                IsAutomation = _acts.Number(5) == 1,
                Actor = _acts.TextOrNull(6),
                RecordCount = (int)_acts.Number(7),
                Bytes = _acts.Blob(8).ToArray(),
            });
        }
        return rows;
    }

    public List<AccountHolder> Holders()
    {
        var rows = new List<AccountHolder>();
        while (_holders.Step())
        {
            rows.Add(new AccountHolder(_holders.Guid(0), _holders.Text(1), _holders.Text(2), (HolderKind)_holders.Number(3), _holders.Text(4))
            {
                Device = _holders.DeviceOrNull(5),
                From = _holders.Instant(6),
                Until = _holders.InstantOrNull(7),
            });
        }
        return rows;
    }

    public List<OthersFact> FactsOfOthers(DeviceId device, Guid person, Fact.KindOneofCase kind, string text)
    {
        var rows = new List<OthersFact>();
        try
        {
            for (_others.Add(device).Add(person).Add((int)kind).Add(Encoding.UTF8.GetBytes(text)); _others.Step();)
            {
                rows.Add(new OthersFact(
                    _others.Text(0), _others.Guid(1), _others.Text(2), Fact.Parser.ParseFrom(_others.Blob(3)), Instant.SetRight(_others.Instant(4), TimeSpan.FromMilliseconds(_others.NumberOrNull(5) ?? 0)), _others.Number(6)));
            }
        }
        finally
        {
            // What cannot be read of another device must not spoil the next question.
            _others.Reset();
        }
        return rows;
    }

    public void Dispose()
    {
        _others.Dispose();
        _acts.Dispose();
        _holders.Dispose();
    }
}
