using System.Security.Cryptography;
using Google.Protobuf;
using Sandbox.Protocol;

namespace Sandbox.Tests.Assessment;

/// <summary>From a cited report to the device's key, and every way to tamper with it.</summary>
public sealed class ChainProofTests
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly DeviceId _device = DeviceId.New();
    private readonly ReportCitation _cited;
    private readonly SignedChain _chain = new();

    public ChainProofTests()
    {
        var (epoch, hash) = (ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16)), Array.Empty<byte>());
        for (var sequence = 7UL; sequence < 10; sequence++)
        {
            var report = new Report { Epoch = epoch, Sequence = sequence, PreviousHash = ByteString.CopyFrom(hash) }.ToByteString();
            _chain.Reports.Add(report);
            hash = ReportHash.Of(_device, report.Span);
        }
        _chain.PublicKey = ByteString.CopyFrom(_key.ExportSubjectPublicKeyInfo());
        _chain.Signature = ByteString.CopyFrom(ReportHash.Sign(_key, hash));
        _cited = new ReportCitation
        {
            DeviceId = ByteString.CopyFrom(_device.ToBytes()), Epoch = epoch, Sequence = 7, Hash = ByteString.CopyFrom(ReportHash.Of(_device, _chain.Reports[0].Span)),
        };
    }

    [Fact]
    public void A_chain_as_it_was_made_proves() => Assert.Null(ChainProof.Fault(_cited, _chain));

    public static TheoryData<string, Action<ReportCitation, SignedChain>> Tampered => new()
    {
        { "first report of the chain is not the cited one", (_, chain) => chain.Reports[0] = Changed(chain.Reports[0]) },
        { "report 2 of the chain does not hold the hash", (cited, chain) => { chain.Reports[0] = Changed(chain.Reports[0]); cited.Hash = HashOf(cited, chain.Reports[0]); } },
        { "report 3 of the chain does not hold the hash", (_, chain) => chain.Reports[1] = Changed(chain.Reports[1]) },
        { "signature was not made", (_, chain) => chain.Reports[2] = Changed(chain.Reports[2]) },
        { "signature was not made", (_, chain) => chain.Reports.RemoveAt(2) },
        { "has sequence 9, not 8", (_, chain) => chain.Reports.RemoveAt(1) },
        { "first report of the chain is not the cited one", (_, chain) => chain.Reports.RemoveAt(0) },
        { "holds no report", (_, chain) => chain.Reports.Clear() },
        { "cannot be read", (cited, chain) => { chain.Reports[0] = ByteString.CopyFrom(0xff); cited.Hash = HashOf(cited, chain.Reports[0]); } },
        { "of another epoch", (cited, _) => cited.Epoch = ByteString.CopyFrom(new byte[16]) },
        { "has sequence 7, not 8", (cited, _) => cited.Sequence = 8 },
        { "the citation's device id has 3 bytes", (cited, _) => cited.DeviceId = ByteString.CopyFrom(1, 2, 3) },
        { "first report of the chain is not the cited one", (cited, _) => cited.DeviceId = ByteString.CopyFrom(new byte[16]) },
        { "signature was not made", (_, chain) => chain.Signature = ByteString.Empty },
        { "signature was not made", (_, chain) => chain.PublicKey = ByteString.CopyFromUtf8("no key") },
        { "signature was not made", (_, chain) => chain.PublicKey = ByteString.CopyFrom(ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportSubjectPublicKeyInfo()) },
    };

    [Theory]
    [MemberData(nameof(Tampered), DisableDiscoveryEnumeration = true)]
    public void What_was_tampered_with_is_named(string words, Action<ReportCitation, SignedChain> tamper)
    {
        tamper(_cited, _chain);

        Assert.Contains(words, ChainProof.Fault(_cited, _chain), StringComparison.Ordinal);
    }

    private static ByteString Changed(ByteString report)
    {
        var changed = Report.Parser.ParseFrom(report);
        changed.Unchanged.Add(1);
        return changed.ToByteString();
    }

    private static ByteString HashOf(ReportCitation cited, ByteString report) => ByteString.CopyFrom(ReportHash.Of(DeviceId.From(cited.DeviceId.Span), report.Span));
}
