using Google.Protobuf;
using Sandbox.Protocol;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Assessment;

/// <summary>What the search for a device's signature over a report came to.</summary>
/// <param name="First">The report. Null: it is not kept any more.</param>
/// <param name="Chain">From it to the signed one. Null: there is none.</param>
/// <param name="Missing">Why there is none. Null: there is.</param>
internal sealed record ChainSearch(StoredReport? First, SignedChain? Chain, string? Missing)
{
    /// <summary>Most reports in a chain; a device signs at least once a minute.</summary>
    public const int MostReports = 64;

    /// <summary>Most bytes in a chain.</summary>
    private const int MostBytes = 1024 * 1024;

    /// <summary>Looks for it. Null: the device may still sign.</summary>
    /// <param name="id">Row of the report.</param>
    /// <param name="reports">The device's reports from that row on, in order.</param>
    /// <param name="publicKeys">SubjectPublicKeyInfo of the device's key, DER, and of the one that it had before a split: what either signed holds.</param>
    public static ChainSearch? From(long id, IReadOnlyList<StoredReport> reports, IReadOnlyList<byte[]> publicKeys)
    {
        if (reports.Count == 0 || reports[0].Id != id) return new ChainSearch(null, null, "the report is not kept any more");
        var (first, chain, bytes) = (reports[0], new SignedChain(), 0);
        for (var i = 0; i < reports.Count; i++)
        {
            var report = reports[i];
            bytes += report.Bytes.Length;
            if (i >= MostReports || bytes > MostBytes) return Without("the device's next signature lies too far behind the report");
            if (!report.Epoch.AsSpan().SequenceEqual(first.Epoch)) return Without("the device's spool ended before it signed for the report");
            if (report.Sequence != first.Sequence + i) return Without("reports between this one and the device's next signature were lost");
            chain.Reports.Add(UnsafeByteOperations.UnsafeWrap(report.Bytes));
            if (report.Signature is not { } signature) continue;
            chain.Signature = UnsafeByteOperations.UnsafeWrap(signature);
            return Signed() is { } fault ? Without(fault) : new ChainSearch(first, chain, null);
        }
        return null;

        string? Signed()
        {
            string? fault = null;
            foreach (var key in publicKeys)
            {
                chain.PublicKey = ByteString.CopyFrom(key);
                if (ChainProof.Fault(TakenReport.Cite(first), chain) is not { } other) return null;
                fault ??= other;
            }
            return fault;
        }

        ChainSearch Without(string why) => new(first, null, why);
    }
}
