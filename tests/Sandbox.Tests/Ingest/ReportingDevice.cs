using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;
using Sandbox.Server.Devices;
using Sandbox.Storage;
using Sandbox.Storage.Devices;
using Sandbox.Tests.Storage;

namespace Sandbox.Tests.Ingest;

/// <summary>An enrolled device that writes reports as a real one does: chained, numbered, signed on demand.</summary>
internal sealed class ReportingDevice
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private byte[]? _lastHash;

    private ReportingDevice(DeviceId id, ECDsa key)
    {
        (Id, Key) = (id, key);
        Caller = new CallingDevice(Id, "lab-" + Id.ToString()[..12], key.ExportSubjectPublicKeyInfo(), RandomNumberGenerator.GetBytes(8));
    }

    public DeviceId Id { get; }

    public ECDsa Key { get; }

    public CallingDevice Caller { get; }

    public ByteString Epoch { get; private set; } = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16));

    public ulong Sequence { get; private set; }

    /// <summary>What the machine calls itself, and the id of its boot.</summary>
    public string HostName { get; set; } = "bench-1";

    public ByteString Boot { get; set; } = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16));

    /// <param name="store">Where it is known from then on.</param>
    /// <param name="owner">For whom it is enrolled. Null: for nobody.</param>
    /// <param name="at">When. Null: at <see cref="Start"/>.</param>
    /// <param name="id">Its id. Null: a new one.</param>
    public static async Task<ReportingDevice> EnrolAsync(TemporaryStore store, Guid? owner = null, DateTimeOffset? at = null, DeviceId? id = null)
    {
        await using var db = store.Open();
        return await EnrolAsync(db, owner, at, id);
    }

    /// <inheritdoc cref="EnrolAsync(TemporaryStore, Guid?, DateTimeOffset?, DeviceId?)"/>
    public static async Task<ReportingDevice> EnrolAsync(SandboxDb db, Guid? owner = null, DateTimeOffset? at = null, DeviceId? id = null)
    {
        var device = new ReportingDevice(id ?? DeviceId.New(), ECDsa.Create(ECCurve.NamedCurves.nistP256));
        db.Devices.Add(new Device
        {
            Id = device.Id,
            Name = device.Caller.Name,
            OwnerId = owner ?? Guid.Empty,
            EnrolledAt = at ?? Start,
            StateChangedAt = Start,
            PublicKey = device.Caller.PublicKey,
            PublicKeyHash = SHA256.HashData(device.Caller.PublicKey),
            CurrentSerial = device.Caller.Serial,
            CertificateExpiresAt = Start.AddDays(14),
        });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return device;
    }

    /// <summary>A second machine with the same key and the same spool: the disk was copied.</summary>
    public ReportingDevice Copy(string hostName)
    {
        var copy = (ReportingDevice)MemberwiseClone();
        (copy.HostName, copy.Boot) = (hostName, ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16)));
        return copy;
    }

    public Hello Hello()
    {
        var hello = new Hello
        {
            ProtocolVersion = Wire.ProtocolVersion,
            Epoch = Epoch,
            LastSequence = Sequence,
            AgentVersion = "0.1.0",
            Clock = Timestamp.FromDateTimeOffset(Start),
            HostName = HostName,
            BootId = Boot,
        };
        if (_lastHash is not null) hello.LastHash = ByteString.CopyFrom(_lastHash);
        return hello;
    }

    /// <summary>A new spool: sequences and the chain begin again.</summary>
    public void StartEpoch()
    {
        Epoch = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16));
        (Sequence, _lastHash) = (0, null);
    }

    /// <summary>The next report with these facts.</summary>
    public SignedReport Say(params Fact[] facts) => Write(report => report.Facts.Add(facts));

    /// <summary>The next report, changed before it is hashed.</summary>
    public SignedReport Write(Action<Report> change, bool sign = false)
    {
        var report = new Report
        {
            Epoch = Epoch,
            Sequence = ++Sequence,
            CollectedAt = Timestamp.FromDateTimeOffset(Start.AddMinutes(Sequence)),
            Salt = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16)),
        };
        if (_lastHash is not null) report.PreviousHash = ByteString.CopyFrom(_lastHash);
        change(report);
        return Seal(report.ToByteString(), sign);
    }

    /// <summary>Bytes as the next link of the chain.</summary>
    public SignedReport Seal(ByteString bytes, bool sign = false)
    {
        _lastHash = ReportHash.Of(Id, bytes.Span);
        var signed = new SignedReport { Report = bytes };
        if (sign) signed.Signature = ByteString.CopyFrom(ReportHash.Sign(Key, _lastHash));
        return signed;
    }

    /// <summary>Loses some reports: they get sequences and hashes, and nobody ever sees them.</summary>
    public void Lose(int count)
    {
        for (var i = 0; i < count; i++) Say();
    }

    public static Fact Policy(int? minLength = null, uint? history = null)
    {
        var policy = new PasswordPolicy { QualityEnforced = true };
        if (minLength is { } length) policy.EffectiveMinLength = (uint)length;
        if (history is { } kept) policy.History = kept;
        return new Fact { PasswordPolicy = policy };
    }

    public static Fact Health(string version) => new() { AgentHealth = new AgentHealth { Version = version } };
}
