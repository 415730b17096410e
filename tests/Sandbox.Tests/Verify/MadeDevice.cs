using System.Security.Cryptography;
using Google.Protobuf;
using Sandbox.Ledger;
using Sandbox.Protocol;

namespace Sandbox.Tests.Verify;

/// <summary>A device that reports and signs, and what the log says of it.</summary>
internal sealed class MadeDevice
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ByteString _epoch = People.NewId();
    private ulong _sequence = 6;

    public ByteString Id { get; } = People.NewId();

    public ByteString PublicKey => ByteString.CopyFrom(_key.ExportSubjectPublicKeyInfo());

    /// <summary>Enrols it, for Ada unless somebody else is named.</summary>
    public long Enrol(MadeLog log, ByteString? owner = null) =>
        log.Add(EntryKind.Enrolment, new LogBody { DeviceEnrolled = new DeviceEnrolled { DeviceId = Id, DeviceName = "pc-07", PersonId = owner ?? People.Ada, PublicKey = PublicKey } }, Id, owner ?? People.Ada);

    /// <summary>Logs a change that the device's next reports show, the last of which it signs.</summary>
    public long Witness(MadeLog log, Action<EvidenceStatement>? change = null)
    {
        var (device, chain, hash, first) = (DeviceId.From(Id.Span), new SignedChain { PublicKey = PublicKey }, Array.Empty<byte>(), _sequence + 1);
        for (var i = 0; i < 3; i++)
        {
            var report = new Report { Epoch = _epoch, Sequence = ++_sequence, PreviousHash = ByteString.CopyFrom(hash) }.ToByteString();
            chain.Reports.Add(report);
            hash = ReportHash.Of(device, report.Span);
        }
        chain.Signature = ByteString.CopyFrom(ReportHash.Sign(_key, hash));
        var statement = new EvidenceStatement
        {
            EvidenceId = People.NewId(), Line = "1.3", Act = "account.added", Target = "bob", State = "held", Grade = "E3", PersonId = People.Ada, DeviceId = Id, After = "bob", Chain = chain,
            Report = new ReportCitation { DeviceId = Id, Epoch = _epoch, Sequence = first, Hash = ByteString.CopyFrom(ReportHash.Of(device, chain.Reports[0].Span)) },
        };
        change?.Invoke(statement);
        return log.Add(EntryKind.Evidence, new LogBody { Evidence = statement }, Id, People.Ada, statement.EvidenceId);
    }
}
