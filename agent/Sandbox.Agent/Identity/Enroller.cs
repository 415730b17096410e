using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Sandbox.Protocol;

namespace Sandbox.Agent.Identity;

/// <summary>Redeems a join code: look at the CA, compare the pin, only then send the token.</summary>
internal sealed class Enroller(AgentFolders folders, TimeProvider time)
{
    /// <summary>Whether the owner lets the server seed faults on this machine.</summary>
    public bool AllowFaults { get; init; }

    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(20);

    /// <summary>Makes this machine a device. Running it again with the same code after a lost reply gives the same device.</summary>
    /// <param name="code">A join code whose time is not over.</param>
    /// <param name="name">What the machine is to be called; null: the server makes a name up.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="SetupException">Enrolled already, and the server takes it; or its agent runs.</exception>
    /// <exception cref="RefusedException">The server cannot be reached, is another one, or says no.</exception>
    public async Task<Enrolled> EnrolAsync(JoinCodeContent code, string? name, CancellationToken ct)
    {
        var succession = new Succession(folders, time);
        succession.Finish();
        if (!File.Exists(folders.Certificate)) return await EnrolAsync(code, name, folders, ct);

        await EnsureNotTakenAsync(ct);
        using var hold = Uplink.Spool.HoldIn(folders.Spool);
        var present = EnrolmentRecord.Read(folders.Enrolment);
        var enrolled = await EnrolAsync(code, name, folders.Next, ct);
        succession.Prepared(continues: enrolled.Record.DeviceId == present?.DeviceId);
        return enrolled with { Aside = succession.Finish() };
    }

    /// <summary>One folder, one device: another one may take its place only when the server does not take this one any more.</summary>
    /// <exception cref="SetupException">The server takes it, or cannot be asked; says how to start over.</exception>
    public async Task EnsureNotTakenAsync(CancellationToken ct)
    {
        if (!File.Exists(folders.Certificate)) return;
        using var identity = DeviceIdentity.Load(folders);
        var words = await Standing.AskAsync(identity, time, ct);
        if (words is null) return;
        throw new SetupException(
            $"This machine is enrolled already, as {identity.Record.DeviceName} at {identity.Record.Address}{words}. "
            + $"To start over, stop the agent, move {folders.Root} away and run enrol again; the old device stays on the Devices page until somebody retires it.");
    }

    private async Task<Enrolled> EnrolAsync(JoinCodeContent code, string? name, AgentFolders into, CancellationToken ct)
    {
        var authority = await PinnedAuthority.FetchAsync(code.Address, code.CaPin.Memory, time, ct);
        using var root = authority.Certificate;
        DurableFile.CreateFolder(into.Root);
        var reply = await RedeemAsync(code, name, into, authority, ct);
        var record = new EnrolmentRecord(code.Address, DeviceId.From(reply.DeviceId.Span).ToString(), reply.DeviceName, time.GetUtcNow()) { FaultsAllowed = AllowFaults };
        DurableFile.Replace(into.CaCertificate, [.. Pem(root), .. reply.Authorities.SelectMany(der => OtherPem(der, root))]);
        record.Write(into.Enrolment);
        using var certificate = X509CertificateLoader.LoadCertificate(reply.Certificate.Span);
        DurableFile.Replace(into.Certificate, Pem(certificate));
        return new Enrolled(record, certificate.NotAfter.ToUniversalTime(), time.GetUtcNow() - reply.ServerTime.ToDateTimeOffset());
    }

    private async Task<EnrolReply> RedeemAsync(JoinCodeContent code, string? name, AgentFolders into, PinnedAuthority authority, CancellationToken ct)
    {
        try
        {
            return await RedeemAsync(code, name, DeviceKey.LoadOrCreate(into.Key), authority, ct);
        }
        catch (RefusedException fault) when (fault.Reason == Reason.KeyTaken)
        {
            // The key is from an earlier code whose reply was lost. Nothing here hangs on it yet, so a new one may take its place.
            return await RedeemAsync(code, name, DeviceKey.Create(into.Key), authority, ct);
        }
    }

    private async Task<EnrolReply> RedeemAsync(JoinCodeContent code, string? name, AsymmetricAlgorithm key, PinnedAuthority authority, CancellationToken ct)
    {
        using (key)
        {
            var reply = await SendAsync(code, Request(code, name, key), authority, ct);
            Check(reply, key);
            return reply;
        }
    }

    private EnrolRequest Request(JoinCodeContent code, string? name, AsymmetricAlgorithm key)
    {
        var request = new EnrolRequest
        {
            Token = code.Token,
            CertificateSigningRequest = UnsafeByteOperations.UnsafeWrap(KeyPair.Request(key)),
            SentAt = time.GetUtcNow().ToTimestamp(),
            AllowFaults = AllowFaults,
        };
        if (name is not null) request.DeviceName = name;
        return request;
    }

    private async Task<EnrolReply> SendAsync(JoinCodeContent code, EnrolRequest request, PinnedAuthority authority, CancellationToken ct)
    {
        using var channel = new ServerChannel(code.Address, new ServerTrust([authority.Certificate], time), certificate: null);
        try
        {
            // gRPC measures deadlines by the system's clock, not by ours.
            return await channel.Enrolment.EnrolAsync(request, deadline: TimeProvider.System.GetUtcNow().UtcDateTime + _deadline, cancellationToken: ct);
        }
        catch (RpcException fault)
        {
            var refused = Trouble.Of(fault, code.Address, channel);
            var clock = authority.ClockOffset is { } offset ? ClockWords.For(offset) : null;
            throw clock is null ? refused : new RefusedException(refused.Reason, $"{refused.Words.TrimEnd('.')}; {clock}");
        }
    }

    private static void Check(EnrolReply reply, AsymmetricAlgorithm key)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(reply.Certificate.Span);
            using var joined = KeyPair.Join(certificate, key);
            if (reply.DeviceId.Length == DeviceId.Length && reply.ServerTime is not null) return;
        }
        catch (CryptographicException)
        {
            // Falls through to the words.
        }

        throw new RefusedException(Reason.Unspecified, "the server answered with something that is no certificate for this device's key; is it of the same version?");
    }

    // While the CA gives way to another, a new device is told of both.
    private static byte[] OtherPem(ByteString der, X509Certificate2 root)
    {
        using var other = X509CertificateLoader.LoadCertificate(der.Span);
        return other.RawDataMemory.Span.SequenceEqual(root.RawDataMemory.Span) ? [] : Pem(other);
    }

    private static byte[] Pem(X509Certificate2 certificate) => System.Text.Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n");
}

/// <summary>What enrolment came to.</summary>
/// <param name="Record">What is kept.</param>
/// <param name="CertificateEnds">When the certificate ends unless it is renewed.</param>
/// <param name="ClockOffset">This machine's clock minus the server's.</param>
internal sealed record Enrolled(EnrolmentRecord Record, DateTimeOffset CertificateEnds, TimeSpan ClockOffset)
{
    /// <summary>Where the identity that this machine had before was set aside. Null: it had none.</summary>
    public string? Aside { get; init; }
}
