using System.Security.Cryptography;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Catalogue;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.TheLog;
using Sandbox.Server.Dashboard.Words;
using Sandbox.Server.People;
using Sandbox.Storage;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Dashboard.Proofs;

/// <summary>Follows a piece of evidence down: cited reports, the device's signature, its entries in the log.</summary>
internal sealed class EvidenceProofs(SandboxDb db, EvidenceReader evidence, LogProofs proofs, TimeProvider time)
{
    /// <summary>The piece with its proofs. Null: there is none, or this person may not see it.</summary>
    public async Task<EvidenceView?> ReadAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        if (await evidence.OneAsync(viewer, id, ct) is not { } row) return null;
        var entries = await db.LogEntries.AsNoTracking().Where(e => e.SubjectId == id).OrderBy(e => e.Id).ToListAsync(ct);
        var device = await db.Devices.AsNoTracking().FirstOrDefaultAsync(d => d.Id == row.Evidence.DeviceId, ct);
        return new EvidenceView
        {
            Row = row,
            Line = Schedule.Current.Line(row.Evidence.Line),
            WatchedUntil = WatchedUntil(row.Evidence),
            Reports = await ReportsAsync(row.Evidence, ct),
            Chain = Check(entries.Select(Statement).LastOrDefault(said => said is not null), device),
            Entries = await proofs.CheckAsync(entries, ct),
            AsOf = time.GetUtcNow(),
        };
    }

    private async Task<IReadOnlyList<CitedReport>> ReportsAsync(StoredEvidence item, CancellationToken ct)
    {
        var cited = new List<CitedReport>();
        if (item.BeforeReportId is { } before) cited.Add(await ReportAsync("Before", before, item, ct));
        cited.Add(await ReportAsync("After", item.ReportId, item, ct));
        return cited;
    }

    private async Task<CitedReport> ReportAsync(string what, long id, StoredEvidence item, CancellationToken ct)
    {
        var report = await db.Reports.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.DeviceId == item.DeviceId, ct);
        return report is null
            ? new CitedReport(what, null, 0, "", default, null)
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

    private static ChainCheck Check(EvidenceStatement? said, Device? device)
    {
        if (said is null) return new ChainCheck(Tone.Unknown, "The log has no statement yet: it follows with the device's next signature.");
        if (said.Chain is not { } chain || said.Report is not { } cited)
            return new ChainCheck(Tone.Warn, said.HasChainMissing ? $"Nobody signed for it: {said.ChainMissing}" : "The device did not sign for it before its spool ended: only the connection vouches for it.");
        var key = chain.PublicKey.ToByteArray();
        var print = Convert.ToHexStringLower(SHA256.HashData(key));
        if (ChainProof.Fault(cited, chain) is { } fault) return new ChainCheck(Tone.Bad, $"The chain does NOT hold: {fault}.", print, chain.Reports.Count);
        var (tone, whose) = Whose(key, device);
        return new ChainCheck(tone, $"Verified now: the hashes lead from the cited report to one that {whose} signed.", print, chain.Reports.Count);
    }

    private static (Tone Tone, string Words) Whose(byte[] key, Device? device) => device switch
    {
        null => (Tone.Warn, "a key of a device that is gone"),
        _ when key.AsSpan().SequenceEqual(device.PublicKey) => (Tone.Good, "the device's own key"),
        { PreviousPublicKey: { } former } when key.AsSpan().SequenceEqual(former) => (Tone.Good, "the device's former key"),
        _ => (Tone.Bad, "a key that is NOT this device's"),
    };

    private static DateTimeOffset? WatchedUntil(StoredEvidence item) => null;
}
