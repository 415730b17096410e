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
    /// <param name="change">The report that shows the change. Null: it is not kept any more.</param>
    /// <param name="before">The report that shows the state before. Null: there was nothing, or it is not kept any more.</param>
    /// <param name="settling">The report that showed it still there or gone. Null: none.</param>
    /// <param name="chain">What vouches for it.</param>
    public static LoggedEntry Of(StoredEvidence row, DateTimeOffset now, StoredReport? change, StoredReport? before, StoredReport? settling, ChainSearch chain)
    {
        var said = new EvidenceStatement
        {
            EvidenceId = Bytes(row.Id),
            Line = row.Line,
            Act = row.Act,
            Target = row.Target,
            State = row.State.ToString().ToLowerInvariant(),
            Grade = row.Grade.ToString(),
            GradeReason = row.GradeReason,
            PersonId = Bytes(row.PersonId),
            DeviceId = ByteString.CopyFrom(row.DeviceId.ToBytes()),
            After = row.After,
            ChangedAt = Timestamp.FromDateTimeOffset(row.ChangedAt),
            NotedAt = Timestamp.FromDateTimeOffset(row.NotedAt),
            Report = Cite(change),
            BeforeReport = Cite(before),
            SettlingReport = Cite(settling),
            Chain = chain.Chain,
        };
        if (row.Before is { } was) said.Before = was;
        if (row.Reason is { } reason) said.Reason = reason;
        if (chain.Missing is { } missing) said.ChainMissing = missing;
        return LoggedEntry.New(EntryKind.Evidence, now, new LogBody { Evidence = said }, row.DeviceId, row.PersonId, row.Id);
    }

    private static ReportCitation? Cite(StoredReport? report) => report is null ? null : TakenReport.Cite(report);

    private static ByteString Bytes(Guid id) => ByteString.CopyFrom(id.ToByteArray(bigEndian: true));
}
