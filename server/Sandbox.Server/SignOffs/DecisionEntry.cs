using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Lines;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.Log;
using Sandbox.Storage.SignOffs;

namespace Sandbox.Server.SignOffs;

/// <summary>What the log says of what was there to see: so much that a stranger needs no database to know what was signed for.</summary>
internal static class DecisionEntry
{
    /// <summary>Adds the evidence and the records of a basis.</summary>
    public static async Task AddAsync(LineDecided said, Basis basis, SandboxDb db, CancellationToken ct)
    {
        var pieces = basis.Evidence.Select(one => one.Id).ToList();
        said.Evidence.Add((await db.Evidence.AsNoTracking().Where(e => pieces.Contains(e.Id)).OrderBy(e => e.NotedAt).ThenBy(e => e.Id).ToListAsync(ct)).Select(Seen));
        said.Records.Add((await db.LearningRecords.AsNoTracking().Where(r => basis.Records.Contains(r.Id)).OrderBy(r => r.EnteredAt).ThenBy(r => r.Id).ToListAsync(ct)).Select(Seen));
    }

    /// <summary>A decision as the log calls it.</summary>
    public static string Word(DecisionKind kind) => kind switch { DecisionKind.SignedOff => "signed", DecisionKind.Returned => "returned", _ => "revoked" };

    private static SeenEvidence Seen(StoredEvidence item)
    {
        var seen = new SeenEvidence
        {
            EvidenceId = LogId.Of(item.Id), Grade = item.Grade.ToString(), GradeReason = item.GradeReason, Act = item.Act, Target = item.Target, After = item.After, DeviceId = ByteString.CopyFrom(item.DeviceId.ToBytes()),
            ChangedAt = Timestamp.FromDateTimeOffset(item.ChangedAt), HeldSince = Timestamp.FromDateTimeOffset(item.StateSince),
        };
        if (item.Before is { } before) seen.Before = before;
        if (item.ActId is { } act) seen.ActId = ByteString.CopyFrom(Convert.FromHexString(act));
        return seen;
    }

    private static SeenRecord Seen(LearningRecord record)
    {
        var seen = new SeenRecord { Id = LogId.Of(record.Id), Day = $"{record.Day:yyyy-MM-dd}", Source = record.Source };
        if (record.Minutes is { } minutes) seen.Minutes = (uint)minutes;
        if (record.Summary is { } summary) seen.Summary = summary;
        if (record.FileHash is { } hash) seen.FileHash = ByteString.CopyFrom(hash);
        return seen;
    }
}
