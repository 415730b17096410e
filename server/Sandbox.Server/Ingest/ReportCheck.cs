using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Sandbox.Protocol;

namespace Sandbox.Server.Ingest;

/// <summary>Checks the reports of one stream, each by itself: form, epoch, size and signature. What follows on what is the writer's matter.</summary>
internal sealed class ReportCheck(DeviceId device, ReadOnlyMemory<byte> publicKey, ByteString epoch) : IDisposable
{
    private AsymmetricAlgorithm? _key;

    /// <summary>SubjectPublicKeyInfo of the key that the device had before a split, DER; only the one who has the present key can bring its signatures. Null: none.</summary>
    public byte[]? Previous { get; init; }

    /// <summary>Reads and checks one report.</summary>
    public Checked Check(SignedReport signed)
    {
        var bytes = Exactly(signed.Report);
        var hash = ReportHash.Of(device, bytes);
        if (bytes.Length > Wire.LargestReport)
            return Refuse(hash, Reason.ReportTooLarge, $"The report has {bytes.Length} bytes; the server takes {Wire.LargestReport} at most.");
        if (ReportForm.Read(signed.Report, out var fault) is not { } report)
            return Refuse(hash, Reason.ReportMalformed, $"The report is malformed: {fault}.");
        if (!report.Epoch.Equals(epoch))
            return Refuse(hash, Reason.EpochMismatch, $"Report {report.Sequence} belongs to another epoch than the hello of this stream.");
        if (!signed.HasSignature)
            return new Checked(new CheckedReport(bytes, null, hash, report, report.CollectedAt.ToDateTimeOffset()), null);
        if (!ReportHash.Verify(_key ??= KeyOf(publicKey.Span), hash, signed.Signature.Span) && !IsOfBefore(hash, signed.Signature.Span))
            return Refuse(hash, Reason.SignatureInvalid, $"The signature of report {report.Sequence} was not made by this device's key over these bytes.");
        return new Checked(new CheckedReport(bytes, signed.Signature.ToByteArray(), hash, report, report.CollectedAt.ToDateTimeOffset()), null);
    }

    /// <inheritdoc/>
    public void Dispose() => _key?.Dispose();

    private bool IsOfBefore(byte[] hash, ReadOnlySpan<byte> signature)
    {
        if (Previous is null) return false;
        using var key = KeyOf(Previous);
        return ReportHash.Verify(key, hash, signature);
    }

    private static AsymmetricAlgorithm KeyOf(ReadOnlySpan<byte> info)
    {
        var key = PublicKey.CreateFromSubjectPublicKeyInfo(info, out _);
        return (AsymmetricAlgorithm?)key.GetECDsaPublicKey() ?? key.GetRSAPublicKey() ?? throw new CryptographicException("A device key is ECDSA P-256 or RSA.");
    }

    // The parser has copied them out of the message already: they need no second copy.
    private static byte[] Exactly(ByteString bytes) =>
        MemoryMarshal.TryGetArray(bytes.Memory, out var segment) && segment.Array is { } array && array.Length == bytes.Length ? array : bytes.ToByteArray();

    private static Checked Refuse(byte[] hash, Reason why, string words) =>
        new(null, new ReportRefused { Hash = UnsafeByteOperations.UnsafeWrap(hash), Reason = why, Message = words });
}
