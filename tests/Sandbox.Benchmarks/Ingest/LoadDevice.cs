using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Identity;
using Sandbox.Agent.Uplink;
using Sandbox.Protocol;
using Sandbox.Server.Pki;
using Sandbox.Storage.Devices;

namespace Sandbox.Benchmarks.Ingest;

/// <summary>An enrolled device that writes reports as the agent does: chained, numbered, its newest signed at most once a second.</summary>
internal sealed class LoadDevice : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly DeviceSigner _signer;
    private readonly SignatureClock _clock = new(TimeProvider.System);
    private readonly Mix _mix;
    private readonly Report _report = new() { Epoch = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16)) };
    private readonly X509Certificate2 _certificate;
    private byte[]? _last;

    /// <summary>Gives it a key and a certificate of the lab's CA.</summary>
    public LoadDevice(int number, DeviceCertificates certificates)
    {
        (Id, _mix) = (DeviceId.New(), new Mix(number));
        _signer = new DeviceSigner(Id, _key);
        var issued = certificates.Issue(Id, new PublicKey(_key));
        using var certificate = X509CertificateLoader.LoadCertificate(issued.Der);
        _certificate = certificate.CopyWithPrivateKey(_key);
        Row = New($"load-{number:000}", issued);
    }

    /// <summary>Its id.</summary>
    public DeviceId Id { get; }

    /// <summary>What the server knows of it, without an owner.</summary>
    public Device Row { get; }

    /// <summary>Sequence of the newest report.</summary>
    public ulong LastSequence => _report.Sequence;

    /// <summary>Its own connection to the server.</summary>
    public ServerChannel Connect(int port, X509Certificate2 authority) => new($"localhost:{port}", new ServerTrust([authority], TimeProvider.System), _certificate);

    /// <summary>The first message of its stream.</summary>
    public AgentMessage Hello() => new()
    {
        Hello = new Hello { ProtocolVersion = Wire.ProtocolVersion, Epoch = _report.Epoch, AgentVersion = "0.1.0", Clock = TimeProvider.System.GetUtcNow().ToTimestamp() },
    };

    /// <summary>The next reports in one message.</summary>
    public AgentMessage Next(int reports)
    {
        var message = new Reports();
        for (var i = 0; i < reports; i++) message.Reports_.Add(Next(last: i == reports - 1));
        return new AgentMessage { Reports = message };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }

    private SignedReport Next(bool last)
    {
        _report.Sequence++;
        _report.CollectedAt = TimeProvider.System.GetUtcNow().ToTimestamp();
        _report.Salt = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16));
        if (_last is not null) _report.PreviousHash = UnsafeByteOperations.UnsafeWrap(_last);
        var change = _mix.Fill(_report);

        var bytes = _report.ToByteArray();
        _last = _signer.Hash(bytes);
        var signed = new SignedReport { Report = UnsafeByteOperations.UnsafeWrap(bytes) };
        var sign = last && _clock.Wants(change);
        if (sign) signed.Signature = UnsafeByteOperations.UnsafeWrap(_signer.Sign(_last));
        _clock.Flushed(change, sign);
        return signed;
    }

    private Device New(string name, IssuedCertificate issued)
    {
        var (now, key) = (TimeProvider.System.GetUtcNow(), _key.ExportSubjectPublicKeyInfo());
        return new Device
        {
            Id = Id,
            Name = name,
            EnrolledAt = now,
            StateChangedAt = now,
            PublicKey = key,
            PublicKeyHash = SHA256.HashData(key),
            CurrentSerial = issued.Serial,
            CertificateExpiresAt = issued.ExpiresAt,
        };
    }
}
