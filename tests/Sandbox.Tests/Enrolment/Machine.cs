using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Protocol;
using Sandbox.Server.Devices;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Enrolment;

/// <summary>What an agent does, without an agent: a key, requests for it, and calls.</summary>
/// <param name="server">The server.</param>
/// <param name="key">A key that it had before. Null: a new one.</param>
internal sealed class Machine(RunningServer server, ECDsa? key = null) : IDisposable
{
    public ECDsa Key { get; } = key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public X509Certificate2? Certificate { get; private set; }

    /// <summary>A machine that has been enrolled.</summary>
    public static async Task<Machine> EnrolledAsync(RunningServer server, string name = "bench-1")
    {
        var machine = new Machine(server);
        await machine.EnrolAsync(await TokenAsync(server), name);
        return machine;
    }

    /// <summary>A new join code's token, made for the first admin.</summary>
    public static async Task<byte[]> TokenAsync(RunningServer server, TimeSpan? life = null, DeviceId? replaces = null)
    {
        await using var scope = server.App.Services.CreateAsyncScope();
        var owner = await server.InStoreAsync(db => db.Users.Select(x => x.Id).SingleAsync());
        return (await scope.ServiceProvider.GetRequiredService<JoinCodes>().CreateAsync(owner, life ?? TimeSpan.FromHours(1), replaces, CancellationToken.None)).Token;
    }

    public byte[] Request(AsymmetricAlgorithm? key = null)
    {
        var name = new X500DistinguishedName("CN=what the machine likes to be called");
        return (key ?? Key) switch
        {
            RSA rsa => new CertificateRequest(name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequest(),
            ECDsa ec => new CertificateRequest(name, ec, HashAlgorithmName.SHA256).CreateSigningRequest(),
            _ => throw new NotSupportedException(),
        };
    }

    public async Task<EnrolReply> EnrolAsync(byte[] token, string? name = "bench-1", byte[]? request = null, Action<EnrolRequest>? adjust = null)
    {
        var message = new EnrolRequest { Token = ByteString.CopyFrom(token), CertificateSigningRequest = ByteString.CopyFrom(request ?? Request()) };
        if (name is not null) message.DeviceName = name;
        adjust?.Invoke(message);
        using var channel = server.Channel();
        var reply = await new Protocol.Enrolment.EnrolmentClient(channel).EnrolAsync(message, deadline: Deadline());
        if (request is null) Use(reply.Certificate);
        return reply;
    }

    public async Task<RenewReply> RenewAsync(byte[]? request = null, X509Certificate2? certificate = null)
    {
        using var channel = server.Channel(certificate ?? Certificate);
        return await new Protocol.Enrolment.EnrolmentClient(channel).RenewAsync(
            new RenewRequest { CertificateSigningRequest = ByteString.CopyFrom(request ?? Request()) }, deadline: Deadline());
    }

    /// <summary>From now on the machine shows this certificate.</summary>
    public void Use(ByteString certificate) => Certificate = WithKey(certificate);

    public X509Certificate2 WithKey(ByteString certificate)
    {
        using var bare = X509CertificateLoader.LoadCertificate(certificate.Span);
        return bare.CopyWithPrivateKey(Key);
    }

    public void Dispose()
    {
        Key.Dispose();
        Certificate?.Dispose();
    }

    private static DateTime Deadline() => TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(20);
}

internal static class Refusals
{
    /// <summary>The reason with which a call was refused; fails when it was not.</summary>
    public static async Task<(StatusCode Status, string? Reason, RpcException Fault)> RefusedAsync(Func<Task> call)
    {
        var fault = await Assert.ThrowsAsync<RpcException>(call);
        return (fault.StatusCode, fault.Trailers.GetValue(Wire.ReasonTrailer), fault);
    }
}
