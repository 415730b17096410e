using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.Log;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Assessment;

/// <summary>What the evidence log says of the state of a piece of evidence.</summary>
internal static class EvidenceEntry
{
    /// <summary>Makes the entry.</summary>
    /// <param name="row">The evidence.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="cited">What it rests on.</param>
    /// <param name="chain">What vouches for it.</param>
    public static LoggedEntry Of(StoredEvidence row, DateTimeOffset now, CitedReports cited, ChainSearch chain)
    {
        var said = new EvidenceStatement
        {
            EvidenceId = LogId.Of(row.Id),
            Line = row.Line,
            Act = row.Act,
            Target = row.Target,
            State = row.State.ToString().ToLowerInvariant(),
            Grade = row.Grade.ToString(),
            GradeReason = row.GradeReason,
            PersonId = LogId.Of(row.PersonId),
            DeviceId = ByteString.CopyFrom(row.DeviceId.ToBytes()),
            After = row.After,
            ChangedAt = Timestamp.FromDateTimeOffset(row.ChangedAt),
            NotedAt = Timestamp.FromDateTimeOffset(row.NotedAt),
            Report = Cite(cited.Change),
            BeforeReport = Cite(cited.Before),
            SettlingReport = Cite(cited.Settling),
            ActReport = Cite(cited.Act),
            SeenAfterHourAt = At(row.SeenAfterHour),
            SeenAfterDayAt = At(row.SeenAfterDay),
            SeenAfterRestartAt = At(row.SeenAfterRestart),
            ElsewhereReport = Cite(cited.Elsewhere),
            Chain = chain.Chain,
        };
        if (row.SeenElsewhere is { } seen) said.SeenElsewhere = seen;
        if (row.Before is { } was) said.Before = was;
        if (row.Reason is { } reason) said.Reason = reason;
        if (row.ActId is { } act) said.ActId = ByteString.CopyFrom(Convert.FromHexString(act));
        if (row.SeededFaultId is { } seeded) said.SeededFault = LogId.Of(seeded);
        if (chain.Missing is { } missing) said.ChainMissing = missing;
        return LoggedEntry.New(EntryKind.Evidence, now, new LogBody { Evidence = said }, row.DeviceId, row.PersonId, row.Id);
    }

    private static Timestamp? At(DateTimeOffset? instant) => instant is { } at ? Timestamp.FromDateTimeOffset(at) : null;

    private static ReportCitation? Cite(StoredReport? report) => report is null ? null : TakenReport.Cite(report);
}

/// <summary>Reports that a statement cites.</summary>
/// <param name="Change">It shows the change. Null: it is not kept any more.</param>
/// <param name="Before">It shows the state before. Null: there was nothing, or it is not kept any more.</param>
/// <param name="Settling">It showed the change still there or gone. Null: none.</param>
/// <param name="Act">It told of the act that made the change. Null: none was seen, or it is not kept any more.</param>
/// <param name="Elsewhere">Another device's, which saw what the change brought about. Null: none, or it is not kept any more.</param>
internal sealed record CitedReports(StoredReport? Change, StoredReport? Before, StoredReport? Settling, StoredReport? Act, StoredReport? Elsewhere);
