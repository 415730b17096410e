using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Server.Devices;
using Sandbox.Server.Pki;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Enrolment;

/// <summary>Gives a device its next certificate over the same key. The old one counts until the next is used, so a lost reply locks nobody out.</summary>
internal sealed class Renewal(IDbContextFactory<SandboxDb> store, DeviceCertificates certificates)
{
    /// <summary>The authorities that agents are to trust from now on, DER: the way in which they learn of a CA that is to take over.</summary>
    public IEnumerable<ByteString> Authorities => certificates.Authorities.Select(der => ByteString.CopyFrom(der));

    /// <summary>Issues the next certificate, or says why not.</summary>
    public async Task<(IssuedCertificate? Certificate, Denial? Denial)> RenewAsync(CallingDevice device, RenewRequest request, CancellationToken ct)
    {
        if (DeviceKey.Read(request.CertificateSigningRequest.ToByteArray(), out var fault) is not { } key) return (null, fault);
        if (!key.Info.AsSpan().SequenceEqual(device.PublicKey))
            return (null, new Denial(Reason.CsrInvalid, "A certificate is renewed for the key of the connection and no other."));
        var certificate = certificates.Issue(device.Id, key.Key);
        await using var db = await store.CreateDbContextAsync(ct);
        var changed = await db.Devices.Where(x => x.Id == device.Id && x.State == DeviceState.Active).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.NextSerial, certificate.Serial).SetProperty(x => x.IssuerPin, certificate.IssuerPin)
                .SetProperty(x => x.CertificateExpiresAt, x => x.CertificateExpiresAt > certificate.ExpiresAt ? x.CertificateExpiresAt : certificate.ExpiresAt), ct);
        if (changed == 1) return (certificate, null);
        var (reason, words) = OutOfService.Of(await db.Devices.Where(x => x.Id == device.Id).Select(x => x.State).SingleOrDefaultAsync(ct));
        return (null, new Denial(reason, words, Device: device.Id));
    }
}
