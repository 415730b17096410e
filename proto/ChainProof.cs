using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;

namespace Sandbox.Protocol;

/// <summary>
/// Whether a device vouches for a report that it did not sign itself: each report of the chain holds the hash of the one before, and the last
/// is signed. It needs nothing but the bytes. Whether the key is the device's is another question: the log's entry of its enrolment answers it.
/// </summary>
public static class ChainProof
{
    /// <summary>What is wrong, for people. Null: the holder of the chain's key vouches for exactly the cited report.</summary>
    /// <param name="cited">The report.</param>
    /// <param name="chain">From it to a signed one.</param>
    public static string? Fault(ReportCitation cited, SignedChain chain)
    {
        ArgumentNullException.ThrowIfNull(cited);
        ArgumentNullException.ThrowIfNull(chain);
        if (cited.DeviceId.Length != DeviceId.Length) return $"the citation's device id has {cited.DeviceId.Length} bytes, not {DeviceId.Length}";
        if (chain.Reports.Count == 0) return "the chain holds no report";
        var device = DeviceId.From(cited.DeviceId.Span);
        var expected = cited.Hash.Span;
        byte[] hash = [];
        for (var i = 0; i < chain.Reports.Count; i++)
        {
            var before = hash;
            hash = ReportHash.Of(device, chain.Reports[i].Span);
            if (i == 0 && !expected.SequenceEqual(hash)) return "the first report of the chain is not the cited one: its hash differs";
            if (Fault(chain.Reports[i], i, cited, before) is { } fault) return fault;
        }
        return IsSigned(chain, hash) ? null : "the signature was not made by the chain's key over its last report";
    }

    private static string? Fault(ByteString bytes, int place, ReportCitation cited, byte[] before)
    {
        Report report;
        try
        {
            report = Report.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return $"report {place + 1} of the chain cannot be read";
        }
        if (report.Epoch != cited.Epoch) return $"report {place + 1} of the chain is of another epoch than the cited one";
        if (report.Sequence != cited.Sequence + (ulong)place) return $"report {place + 1} of the chain has sequence {report.Sequence}, not {cited.Sequence + (ulong)place}";
        return place > 0 && !report.PreviousHash.Span.SequenceEqual(before) ? $"report {place + 1} of the chain does not hold the hash of the one before" : null;
    }

    private static bool IsSigned(SignedChain chain, byte[] hash)
    {
        try
        {
            var key = PublicKey.CreateFromSubjectPublicKeyInfo(chain.PublicKey.Span, out _);
            using var device = (AsymmetricAlgorithm?)key.GetECDsaPublicKey() ?? key.GetRSAPublicKey();
            return device is not null && ReportHash.Verify(device, hash, chain.Signature.Span);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
