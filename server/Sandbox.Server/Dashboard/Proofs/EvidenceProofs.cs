using System.Security.Cryptography;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Assignments;
using Sandbox.Evidence.Catalogue;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.TheLog;
using Sandbox.Server.Dashboard.Words;
using Sandbox.Server.People;
using Sandbox.Storage;
using Sandbox.Storage.Assignments;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Log;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Dashboard.Proofs;

/// <summary>Follows a piece of evidence down: cited reports, the device's signature, its entries in the log.</summary>
internal sealed class EvidenceProofs(SandboxDb db, EvidenceReader evidence, LogProofs proofs, TimeProvider time)
{
    private const string WhoDidIt = "Who did it";

    /// <summary>The piece with its proofs. Null: there is none, or this person may not see it.</summary>
    public async Task<EvidenceView?> ReadAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        if (await evidence.OneAsync(viewer, id, ct) is not { } row) return null;
        var entries = await db.LogEntries.AsNoTracking().Where(e => e.SubjectId == id).OrderBy(e => e.Id).ToListAsync(ct);
        var statements = entries.Select(Statement).OfType<EvidenceStatement>().ToList();
        var device = await db.Devices.AsNoTracking().FirstOrDefaultAsync(d => d.Id == row.Evidence.DeviceId, ct);
        var former = await FormerKeys.OfAsync(db, row.Evidence.DeviceId, ct);
        var act = await ActAsync(row.Evidence, ct);
        // Who is credited for work on somebody else's device sees the change and the own act, and not all that the device says.
        var seesDevice = viewer.SeesEverything || device?.OwnerId == viewer.PersonId;
        return new EvidenceView
        {
            Row = row,
            Line = Schedule.Current.Line(row.Evidence.Line),
            WatchedUntil = WatchedUntil(row.Evidence),
            Act = act,
            AskedBy = await AskedByAsync(row.Evidence, ct),
            Reports = [.. from report in (CitedReport[])[.. await ReportsAsync(row.Evidence, act, ct), .. await SettlingAsync(statements, row.Evidence, ct)] select seesDevice || report.What == WhoDidIt ? report : report with { Json = null }],
            SeesDevice = seesDevice,
            Chains = [.. statements.Select(said => Check(said, device, former))],
            Entries = await proofs.CheckAsync(entries, ct),
            AsOf = time.GetUtcNow(),
        };
    }

    private async Task<Assignment?> AskedByAsync(StoredEvidence item, CancellationToken ct)
    {
        if (item.SeededFaultId is { } fault && await db.SeededFaults.Where(f => f.Id == fault).Select(f => (Guid?)f.AssignmentId).FirstOrDefaultAsync(ct) is { } seeded) return await db.Assignments.AsNoTracking().FirstOrDefaultAsync(a => a.Id == seeded && a.PersonId == item.PersonId, ct);
        var given = await db.Assignments.AsNoTracking().Where(a => a.PersonId == item.PersonId && a.Line == item.Line && (a.DeviceId == null || a.DeviceId == item.DeviceId)).OrderBy(a => a.GivenAt).ToListAsync(ct);
        // What was asked for afterwards was not asked for.
        // Nor does a task ask for more once it is done or taken back.
        var change = new TaskChange(item.Line, item.Act, item.Target, item.State, item.After, item.HappenedAt ?? item.NotedAt);
        return given.Find(a => a.GivenAt <= item.NotedAt && !(a.WithdrawnAt <= item.NotedAt) && !(a.CompletedAt < item.NotedAt) && a.Task().AskedFor(change));
    }

    private async Task<AdminAct?> ActAsync(StoredEvidence item, CancellationToken ct)
    {
        if (item.ActId is null) return null;
        var id = Convert.FromHexString(item.ActId);
        var stored = await db.Acts.AsNoTracking().Where(act => act.DeviceId == item.DeviceId && act.Id == id).Select(act => act.Bytes).FirstOrDefaultAsync(ct);
        return stored is null ? null : AdminAct.Parser.ParseFrom(stored);
    }

    private async Task<IReadOnlyList<CitedReport>> ReportsAsync(StoredEvidence item, AdminAct? act, CancellationToken ct)
    {
        var cited = new List<CitedReport>();
        if (item.BeforeReportId is { } before) cited.Add(await ReportAsync("Before", before, item, ct));
        cited.Add(await ReportAsync("After", item.ReportId, item, ct));
        // Of the report that told of the act only this act is shown: the others may be somebody else's.
        if (item.ActReportId is { } told) cited.Add(await ReportAsync(WhoDidIt, told, item, ct) with { Json = act is null ? null : RawFacts.Of(act) });
        return cited;
    }

    private async Task<CitedReport> ReportAsync(string what, long id, StoredEvidence item, CancellationToken ct)
    {
        var report = await db.Reports.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.DeviceId == item.DeviceId, ct);
        return report is null
            ? new CitedReport(what, null, 0, "", null, null)
            : new CitedReport(what, Convert.ToHexStringLower(report.Epoch), report.Sequence, Convert.ToHexStringLower(ReportHash.Of(report.DeviceId, report.Bytes)), report.ReceivedAt, RawFacts.Of(report.Bytes, item.Act));
    }

    private static EvidenceStatement? Statement(LoggedEntry entry)
    {
        if (entry.Body is not { } body) return null;
        try
        {
            return LogBody.Parser.ParseFrom(body).Evidence;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    // The report that settled it lies in the statement's chain, exactly as it was received; when it was, the store knows while it keeps it.
    private async Task<IReadOnlyList<CitedReport>> SettlingAsync(IEnumerable<EvidenceStatement> statements, StoredEvidence item, CancellationToken ct)
    {
        var kept = item.SettlingReportId is { } id ? await db.Reports.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.DeviceId == item.DeviceId, ct) : null;
        return [.. statements.Select(said => Settling(said, item, kept)).OfType<CitedReport>()];
    }

    private static CitedReport? Settling(EvidenceStatement said, StoredEvidence item, StoredReport? kept)
    {
        if (said.SettlingReport is not { } cited) return null;
        var isKept = kept is not null && kept.Sequence == (long)cited.Sequence && cited.Epoch.Span.SequenceEqual(kept.Epoch);
        return new CitedReport(
            said.State == "held" ? "Still so" : "Gone", Convert.ToHexStringLower(cited.Epoch.Span), (long)cited.Sequence, Convert.ToHexStringLower(cited.Hash.Span),
            isKept ? kept!.ReceivedAt : null, said.Chain is { Reports: [var bytes, ..] } ? RawFacts.Of(bytes.ToByteArray(), item.Act) : null);
    }

    private static ChainCheck Check(EvidenceStatement said, Device? device, IReadOnlyList<byte[]> former)
    {
        // Whatever else is stated, of whose work it is for instance, the chain is that of the report with the change.
        var what = said.SettlingReport is null ? "That it changed" : $"That it was {said.State}";
        if (said.Chain is not { } chain || (said.SettlingReport ?? said.Report) is not { } cited)
            return new ChainCheck(Tone.Warn, what, $"the device did not sign for it: {(said.HasChainMissing ? said.ChainMissing : "its spool ended before")}; only the connection vouches for it.");
        var key = chain.PublicKey.ToByteArray();
        var print = Convert.ToHexStringLower(SHA256.HashData(key));
        if (ChainProof.Fault(cited, chain) is { } fault) return new ChainCheck(Tone.Bad, what, $"the chain does NOT hold: {fault}.", print, chain.Reports.Count);
        var (tone, whose) = Whose(key, device, former);
        return new ChainCheck(tone, what, $"verified now: the hashes lead from the cited report to one that {whose} signed.", print, chain.Reports.Count);
    }

    private static (Tone Tone, string Words) Whose(byte[] key, Device? device, IReadOnlyList<byte[]> former) => device switch
    {
        null => (Tone.Warn, "a key of a device that is gone"),
        _ when key.AsSpan().SequenceEqual(device.PublicKey) => (Tone.Good, "the device's own key"),
        _ when former.Any(one => key.AsSpan().SequenceEqual(one)) => (Tone.Good, "a former key of the device"),
        _ => (Tone.Bad, "a key that is NOT this device's"),
    };

    private static DateTimeOffset? WatchedUntil(StoredEvidence item) =>
        item.State == EvidenceState.Watched ? Crediting.HoldsFrom(item.Act, item.NotedAt) : null;
}
