using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Sandbox.Protocol;

namespace Sandbox.Tests.Uplink;

/// <summary>What the test's server saw at enrolment, and how it is to behave.</summary>
internal sealed class EnrolmentScript(LabAuthority authority)
{
    /// <summary>What lies at /ca.crt.</summary>
    public string CaAnswer { get; set; } = authority.Certificate.ExportCertificatePem();

    /// <summary>Thrown in place of an answer.</summary>
    public RpcException? TurnsAway { get; set; }

    /// <summary>Called before the answer.</summary>
    public Action OnEnrol { get; set; } = () => { };

    /// <summary>Makes the certificate of an answer.</summary>
    public Func<PublicKey, byte[]> Issues { get; set; } = key => authority.Device(key).RawData;

    public ConcurrentQueue<EnrolRequest> Enrols { get; } = [];

    public ConcurrentQueue<RenewRequest> Renewals { get; } = [];

    public static PublicKey KeyOf(ByteString request) => CertificateRequest.LoadSigningRequest(request.ToByteArray(), HashAlgorithmName.SHA256).PublicKey;
}

/// <summary>Plays an <see cref="EnrolmentScript"/>.</summary>
internal sealed class ScriptedEnrolment(EnrolmentScript script) : Protocol.Enrolment.EnrolmentBase
{
    public override Task<EnrolReply> Enrol(EnrolRequest request, ServerCallContext context)
    {
        script.Enrols.Enqueue(request);
        script.OnEnrol();
        if (script.TurnsAway is { } refusal) throw refusal;
        return Task.FromResult(new EnrolReply
        {
            DeviceId = ByteString.CopyFrom(EnrolledDevice.Device.ToBytes()),
            DeviceName = request.DeviceName,
            Certificate = ByteString.CopyFrom(script.Issues(EnrolmentScript.KeyOf(request.CertificateSigningRequest))),
            ServerTime = LabAuthority.Now.ToTimestamp(),
        });
    }

    public override Task<RenewReply> Renew(RenewRequest request, ServerCallContext context)
    {
        script.Renewals.Enqueue(request);
        if (script.TurnsAway is { } refusal) throw refusal;
        return Task.FromResult(new RenewReply
        {
            Certificate = ByteString.CopyFrom(script.Issues(EnrolmentScript.KeyOf(request.CertificateSigningRequest))),
            ServerTime = LabAuthority.Now.ToTimestamp(),
        });
    }
}
