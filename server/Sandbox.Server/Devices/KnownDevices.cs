using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Devices;

/// <summary>
/// Who a certificate is. The handshake has checked that our CA made it; whether it still counts is one look at the store, made at every
/// call, so that revocation is one row. Two serials count: the current one, and the next, which becomes current on its first use.
/// </summary>
internal sealed partial class KnownDevices(IDbContextFactory<SandboxDb> store, Refused refused, TimeProvider time, ILogger<KnownDevices> logger)
{
    private const string Renew = "/sandbox.v1.Enrolment/Renew";
    private const string Stream = "/sandbox.v1.Telemetry/Stream";

    /// <summary>So long after its end a certificate still gets its device as far as Renew: laptops sleep over the summer.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromDays(180);

    /// <summary>The device behind a certificate.</summary>
    /// <exception cref="RpcException">It may not come in.</exception>
    public async Task<CallingDevice> AdmitAsync(ServerCallContext call, X509Certificate2 certificate)
    {
        var key = SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo());
        await using var db = await store.CreateDbContextAsync(call.CancellationToken);
        var device = await db.Devices.AsNoTracking().SingleOrDefaultAsync(x => x.PublicKeyHash == key, call.CancellationToken)
            ?? throw await UnknownAsync(call, db, certificate);
        RequireActive(call, device);
        RequireNotTooOld(call, device, certificate);
        var serial = certificate.SerialNumberBytes.ToArray();
        var caller = new CallingDevice(device.Id, device.Name, device.PublicKey, serial)
        {
            PreviousPublicKey = device.PreviousPublicKey,
            Superseded = !await CountsAsync(db, device, serial, certificate, call.CancellationToken),
        };
        if (caller.Superseded) RequireStream(call, device, serial);
        else RequireTimely(call, device, certificate);
        return caller;
    }

    private async Task<RpcException> UnknownAsync(ServerCallContext call, SandboxDb db, X509Certificate2 certificate)
    {
        var key = certificate.PublicKey.ExportSubjectPublicKeyInfo();
        var split = await db.Devices.AsNoTracking().FirstOrDefaultAsync(x => x.PreviousPublicKey == key, call.CancellationToken);
        return split is null
            ? refused.Because(call, StatusCode.Unauthenticated, Reason.DeviceUnknown,
                "This server knows no device with this key: enrol again with a new join code.", detail: $"no device has the key of the certificate for {certificate.Subject}")
            : refused.Because(call, StatusCode.Unauthenticated, Reason.DeviceUnknown,
                "The other copy of this machine goes on as the device, and this one's key counts no more: make it a device of its own with its own join code: sandbox-agent enrol -",
                split.Id, $"the key is the one that {split.Name} had before it was split from its copy");
    }

    private void RequireActive(ServerCallContext call, Device device)
    {
        if (device.State == DeviceState.Active) return;
        var (reason, words) = OutOfService.Of(device.State);
        throw refused.Because(call, StatusCode.PermissionDenied, reason, words, device.Id,
            $"{device.Name} was {device.State.ToString().ToLowerInvariant()} at {device.StateChangedAt:u}: {device.StateReason ?? "no reason given"}");
    }

    // A machine that slept longer than its certificate lives is not stuck: the handshake lets its key in, but only as far as Renew.
    private void RequireTimely(ServerCallContext call, Device device, X509Certificate2 certificate)
    {
        var (now, end) = (time.GetUtcNow(), new DateTimeOffset(certificate.NotAfter));
        if (now <= end || call.Method == Renew) return;
        throw refused.Because(call, StatusCode.Unauthenticated, Reason.CertificateExpired, "The certificate of this device has ended: renew it first.",
            device.Id, $"{device.Name} came with a certificate that ended at {end:u}");
    }

    private void RequireNotTooOld(ServerCallContext call, Device device, X509Certificate2 certificate)
    {
        var end = new DateTimeOffset(certificate.NotAfter);
        if (time.GetUtcNow() <= end + Grace) return;
        throw refused.Because(call, StatusCode.PermissionDenied, Reason.CertificateTooOld,
            $"The certificate of this device ended at {end:u}, more than {Grace.TotalDays:0} days ago, and is not renewed any more: ask for a new join code, then type: sandbox-agent enrol -",
            device.Id, $"{device.Name} came with a certificate that ended at {end:u}, more than {Grace.TotalDays:0} days ago: make a code for it with sandbox-server devices replace {device.Name}");
    }

    // A superseded certificate gets as far as its hello, which says what the mentor needs to know: from which machine it came.
    private void RequireStream(ServerCallContext call, Device device, byte[] serial)
    {
        if (call.Method == Stream) return;
        throw refused.Because(call, StatusCode.PermissionDenied, Reason.SerialSuperseded, OutOfService.Superseded, device.Id,
            $"{device.Name} came with serial {Convert.ToHexStringLower(serial)}; in use is {Convert.ToHexStringLower(device.CurrentSerial)}: a copied key, or files restored from a backup");
    }

    private async Task<bool> CountsAsync(SandboxDb db, Device device, byte[] serial, X509Certificate2 certificate, CancellationToken ct)
    {
        if (serial.AsSpan().SequenceEqual(device.CurrentSerial)) return true;
        if (device.NextSerial is { } next && serial.AsSpan().SequenceEqual(next))
        {
            await db.Devices.Where(x => x.Id == device.Id && x.NextSerial == serial)
                .ExecuteUpdateAsync(set => set.SetProperty(x => x.CurrentSerial, serial).SetProperty(x => x.NextSerial, (byte[]?)null), ct);
            NextInUse(device.Id, device.Name);
            return true;
        }
        return await IsNewerAsync(db, device, serial, new DateTimeOffset(certificate.NotAfter), ct);
    }

    // Our CA made it after every certificate that the store knows of: the database is an older copy, and the device has nothing else to show.
    private async Task<bool> IsNewerAsync(SandboxDb db, Device device, byte[] serial, DateTimeOffset end, CancellationToken ct)
    {
        if (end <= device.CertificateExpiresAt) return false;
        var taken = await db.Devices.Where(x => x.Id == device.Id && x.CertificateExpiresAt < end).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.CurrentSerial, serial).SetProperty(x => x.NextSerial, (byte[]?)null).SetProperty(x => x.CertificateExpiresAt, end), ct);
        if (taken == 1) NewerThanStore(device.Id, device.Name, end);
        return taken == 1;
    }

    [LoggerMessage(3205, LogLevel.Warning,
        "Device {Device} ({Name}) came with a certificate of this server's CA that the database does not know and that ends later ({End:u}) than the one it knows: it counts now. Expected after a backup was restored")]
    private partial void NewerThanStore(DeviceId device, string name, DateTimeOffset end);

    [LoggerMessage(3202, LogLevel.Information, "Device {Device} ({Name}) uses its renewed certificate; the one before is no longer taken")]
    private partial void NextInUse(DeviceId device, string name);
}
