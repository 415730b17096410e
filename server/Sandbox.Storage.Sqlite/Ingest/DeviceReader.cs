using Sandbox.Evidence;
using Sandbox.Protocol;
using Sandbox.Storage.Findings;
using Sandbox.Storage.People;
using Sandbox.Storage.Telemetry;
using SQLitePCL;

namespace Sandbox.Storage.Sqlite.Ingest;

/// <summary>Reads what the ingest has to know of a device.</summary>
internal sealed class DeviceReader(sqlite3 db, EvidenceRows evidence) : IDisposable
{
    private readonly Statement _mark = new(db, "SELECT LastSequence, LastHash FROM Epochs WHERE DeviceId = ?1 AND Id = ?2");
    private readonly Statement _facts = new(db, "SELECT Kind, ReportId, ChangedAt, VerifiedAt, Bytes FROM Facts WHERE DeviceId = ?1");

    private readonly Statement _findings = new(db,
        "SELECT Rule, Subject, Verdict, Severity, Expected, Observed, Reason, Since, LastVerified, ReportId, Policy, LongestGapMs FROM Findings WHERE DeviceId = ?1");

    private readonly Statement _gaps = new(db,
        $"""
        SELECT FirstSequence, LastSequence, NoticedAt FROM Gaps
        WHERE DeviceId = ?1 AND Epoch = ?2 AND Cause = 0 AND FirstSequence IS NOT NULL ORDER BY Id DESC LIMIT {DeviceRecord.MostUnexplained}
        """);

    private readonly Statement _device = new(db,
        $"""
        SELECT OwnerId, EnrolledAt, PublicKey, Session, LastSeenAt, EXISTS (
            SELECT 1 FROM AspNetUserRoles JOIN AspNetRoles ON AspNetRoles.Id = RoleId WHERE UserId = OwnerId AND Name = '{Roles.Apprentice}'), PreviousPublicKey, ClockOffsetMs
        FROM Devices WHERE Id = ?1
        """);

    private readonly Statement _hardware = new(db, "SELECT Name FROM HardwareNames WHERE DeviceId = ?1");

    public DeviceRecord Read(DeviceId device, byte[] epoch)
    {
        var (sequence, hash) = (0L, (byte[]?)null);
        for (_mark.Add(device).Add(epoch); _mark.Step();) (sequence, hash) = (_mark.Number(0), _mark.BytesOrNull(1));
        var record = new DeviceRecord(sequence, hash, Facts(device), Findings(device), Gaps(device, epoch))
        {
            Evidence = evidence.Of(device),
            HardwareNames = Hardware(device),
        };
        for (_device.Add(device); _device.Step();) record = WithDevice(record);
        return record;
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_mark, _facts, _findings, _gaps, _device, _hardware]) statement.Dispose();
    }

    private DeviceRecord WithDevice(DeviceRecord record) => record with
    {
        OwnerId = _device.Guid(0),
        EnrolledAt = _device.Instant(1),
        PublicKey = _device.Blob(2).ToArray(),
        Session = _device.Number(3),
        LastSeenAt = _device.InstantOrNull(4),
        OwnerIsApprentice = _device.Number(5) == 1,
        PreviousPublicKey = _device.BytesOrNull(6),
        ClockOffset = _device.NumberOrNull(7) is { } offset ? TimeSpan.FromMilliseconds(offset) : null,
    };

    private List<string> Hardware(DeviceId device)
    {
        var names = new List<string>();
        for (_hardware.Add(device); _hardware.Step();) names.Add(_hardware.Text(0));
        return names;
    }

    private List<StoredFact> Facts(DeviceId device)
    {
        var rows = new List<StoredFact>();
        for (_facts.Add(device); _facts.Step();)
        {
            rows.Add(new StoredFact
            {
                DeviceId = device,
                Kind = (int)_facts.Number(0),
                ReportId = _facts.Number(1),
                ChangedAt = _facts.Instant(2),
                VerifiedAt = _facts.Instant(3),
                Bytes = _facts.Blob(4).ToArray(),
            });
        }
        return rows;
    }

    private List<StoredFinding> Findings(DeviceId device)
    {
        var rows = new List<StoredFinding>();
        for (_findings.Add(device); _findings.Step();)
        {
            rows.Add(new StoredFinding
            {
                DeviceId = device,
                Rule = _findings.Text(0),
                Subject = _findings.Text(1),
                Verdict = (Verdict)_findings.Number(2),
                Severity = (Severity)_findings.Number(3),
                Expected = _findings.Text(4),
                Observed = _findings.TextOrNull(5),
                Reason = _findings.TextOrNull(6),
                Since = _findings.Instant(7),
                LastVerified = _findings.InstantOrNull(8),
                ReportId = _findings.NumberOrNull(9),
                Policy = _findings.Text(10),
                LongestGapMs = _findings.NumberOrNull(11),
            });
        }
        return rows;
    }

    private List<ReportGap> Gaps(DeviceId device, byte[] epoch)
    {
        var rows = new List<ReportGap>();
        for (_gaps.Add(device).Add(epoch); _gaps.Step();)
        {
            rows.Add(new ReportGap
            {
                DeviceId = device,
                Epoch = epoch,
                FirstSequence = _gaps.Number(0),
                LastSequence = _gaps.Number(1),
                NoticedAt = _gaps.Instant(2),
            });
        }
        return rows;
    }
}
