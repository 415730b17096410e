using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;

namespace Sandbox.Agent.Uplink;

/// <summary>Turns facts into reports that follow on the newest one in the spool.</summary>
internal sealed class ReportChain(Spool spool, DeviceSigner signer)
{
    private const int SaltLength = 16;

    /// <summary>SignedReports for some pages of facts; what is not facts goes into the first, the signature onto the last.</summary>
    public IReadOnlyList<byte[]> Build(Content content, bool sign) => Build([content], sign);

    /// <summary>The same for several, one after the other; the last report of all is signed.</summary>
    public IReadOnlyList<byte[]> Build(IReadOnlyList<Content> contents, bool sign)
    {
        var (sequence, previous) = (spool.Last, spool.LastReport is { } last ? HashOf(last) : null);
        var built = new List<byte[]>();
        foreach (var (content, page) in contents.SelectMany(content => Enumerable.Range(0, content.Pages.Count).Select(page => (content, page))))
        {
            var report = Begin(++sequence, content.CollectedAt, previous);
            report.Facts.AddRange(content.Pages[page]);
            if (page == 0) report.Unchanged.AddRange(content.Unchanged.Select(kind => (uint)kind));
            if (page == 0) report.Gaps.AddRange(content.Gaps);
            if (content.From is not null) report.CarriedFrom = content.From;
            var bytes = report.ToByteArray();
            previous = signer.Hash(bytes);
            var signed = new SignedReport { Report = UnsafeByteOperations.UnsafeWrap(bytes) };
            if (sign && page == content.Pages.Count - 1 && content == contents[^1]) signed.Signature = UnsafeByteOperations.UnsafeWrap(signer.Sign(previous));
            built.Add(signed.ToByteArray());
        }

        return built;
    }

    private Report Begin(ulong sequence, DateTimeOffset collectedAt, byte[]? previous)
    {
        var report = new Report
        {
            Epoch = ByteString.CopyFrom(spool.Epoch),
            Sequence = sequence,
            CollectedAt = collectedAt.ToTimestamp(),
            Salt = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(SaltLength)),
        };
        if (previous is not null) report.PreviousHash = UnsafeByteOperations.UnsafeWrap(previous);
        return report;
    }

    private byte[] HashOf(byte[] signedReport) => signer.Hash(SignedReport.Parser.ParseFrom(signedReport).Report.Span);

    /// <summary>What one flush says.</summary>
    /// <param name="CollectedAt">The device's clock when it was read.</param>
    /// <param name="Pages">Facts, one page a report.</param>
    /// <param name="Unchanged">Kinds that were read again and said the same.</param>
    /// <param name="Gaps">What was lost.</param>
    internal sealed record Content(
        DateTimeOffset CollectedAt,
        IReadOnlyList<IReadOnlyList<Fact>> Pages,
        IReadOnlyList<Fact.KindOneofCase> Unchanged,
        IReadOnlyList<Gap> Gaps)
    {
        /// <summary>The report of another epoch that said it before. Null: none did.</summary>
        public CarriedFrom? From { get; init; }
    }
}
