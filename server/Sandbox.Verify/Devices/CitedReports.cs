using Google.Protobuf;
using Sandbox.Protocol;
using Sandbox.Verify.Entries;
using Sandbox.Verify.Words;

namespace Sandbox.Verify.Devices;

/// <summary>Whether each number of a device's spool stands for one report: a number with two hashes is a forged report, or a device in two places.</summary>
internal sealed class CitedReports(Findings findings) : IEntryCheck
{
    private readonly Dictionary<(ByteString Device, ByteString Epoch, ulong Sequence), (ByteString Hash, long Index)> _seen = [];

    /// <summary>Different reports that are cited.</summary>
    public long Count => _seen.Count;

    /// <inheritdoc/>
    public void Take(Shown entry)
    {
        foreach (var cited in Cited(entry.Body)) Take(entry.Index, cited);
        if (entry.Body?.Evidence is { Chain: { } chain } statement && (statement.SettlingReport ?? statement.Report) is { } first) TakeChain(entry.Index, first, chain);
    }

    private static IEnumerable<ReportCitation> Cited(LogBody? body)
    {
        IEnumerable<ReportCitation?> all = body switch
        {
            { Evidence: { } said } => [said.BeforeReport, said.Report, said.SettlingReport, said.ActReport, said.ElsewhereReport],
            { VerdictChanged: { } said } => [said.Report],
            _ => [],
        };
        return all.OfType<ReportCitation>();
    }

    // A chain that proves nothing is told where its signature is checked.
    private void TakeChain(long index, ReportCitation first, SignedChain chain)
    {
        if (first.DeviceId.Length != DeviceId.Length) return;
        var device = DeviceId.From(first.DeviceId.Span);
        for (var i = 1; i < chain.Reports.Count; i++)
            Take(index, new ReportCitation(first) { Sequence = first.Sequence + (ulong)i, Hash = ByteString.CopyFrom(ReportHash.Of(device, chain.Reports[i].Span)) });
    }

    private void Take(long index, ReportCitation cited)
    {
        var (hash, other) = _seen.GetValueOrDefault((cited.DeviceId, cited.Epoch, cited.Sequence), (cited.Hash, index));
        if (hash == cited.Hash) _seen[(cited.DeviceId, cited.Epoch, cited.Sequence)] = (hash, other);
        else findings.Fault(index, $"it cites report {cited.Sequence} of the device {Convert.ToHexStringLower(cited.DeviceId.Span)} with another hash than entry {other} does: one of them is forged, or the device was in two places");
    }
}
