using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Server.Devices;
using Sandbox.Server.Pki;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Enrolment;

/// <summary>
/// Redeems join codes. One transaction from the look-up to the device's row; the first key takes the code, and the same key gets the same
/// device again until the code expires, so that a lost reply burns nothing.
/// </summary>
internal sealed class Redeeming(IDbContextFactory<SandboxDb> store, DeviceCertificates certificates, TimeProvider time)
{
    /// <summary>Whether a secret is that of a code that is neither withdrawn nor expired.</summary>
    public async Task<bool> MayBeRedeemedAsync(ReadOnlyMemory<byte> token, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        var hash = SHA256.HashData(token.Span);
        return Refuse(await db.Codes.AsNoTracking().SingleOrDefaultAsync(x => x.TokenHash == hash, ct)) is null;
    }

    /// <summary>Redeems the code of a request, or says why not.</summary>
    public async Task<Redemption> RedeemAsync(EnrolRequest request, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var hash = SHA256.HashData(request.Token.Span);
        var code = await db.Codes.SingleOrDefaultAsync(x => x.TokenHash == hash, ct);
        if (Refuse(code) is { } bad) return bad;
        if (DeviceKey.Read(request.CertificateSigningRequest.ToByteArray(), out var fault) is not { } key) return fault!;

        var holder = await db.Devices.SingleOrDefaultAsync(x => x.PublicKeyHash == key.Hash, ct);
        var outcome = code!.DeviceId is { } by ? Again(code, by, holder, key, request) : await FirstAsync(db, code, holder, key, request, ct);
        if (outcome is not Granted) return outcome;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return outcome;
    }

    private Denial? Refuse(IssuedCode? code) => code switch
    {
        null => new Denial(Reason.CodeUnknown, "This server never made this join code: check that it is the right server, or ask for a new code."),
        { RevokedAt: { } at } => new Denial(Reason.CodeRevoked, "This join code was withdrawn: ask for a new one.", $"code {code.ShortName()} was withdrawn at {at:u}"),
        _ when time.GetUtcNow() >= code.ExpiresAt =>
            new Denial(Reason.CodeExpired, "This join code has expired: ask for a new one.", $"code {code.ShortName()} expired at {code.ExpiresAt:u}"),
        _ => null,
    };

    private Redemption Again(IssuedCode code, DeviceId by, Device? holder, DeviceKey key, EnrolRequest request)
    {
        if (holder?.Id != by)
            return new Denial(Reason.CodeUsed, "This join code has been used already, by another machine or with another data folder: ask for a new one.", $"code {code.ShortName()} was used at {code.RedeemedAt:u} by device {by}");
        if (holder.State != DeviceState.Active)
            return new Denial(OutOfService.Of(holder.State).Reason, "This device was taken out of service: ask for a new join code.", Device: by);
        var certificate = certificates.Issue(holder.Id, key.Key);
        (holder.NextSerial, holder.IssuerPin, holder.FaultsAllowed) = (certificate.Serial, certificate.IssuerPin, request.AllowFaults);
        if (certificate.ExpiresAt > holder.CertificateExpiresAt) holder.CertificateExpiresAt = certificate.ExpiresAt;
        return new Granted(holder, certificate.Der, code.ShortName(), Again: true);
    }

    private async Task<Redemption> FirstAsync(SandboxDb db, IssuedCode code, Device? holder, DeviceKey key, EnrolRequest request, CancellationToken ct)
    {
        if (holder is not null)
            return new Denial(Reason.KeyTaken, "This machine's key is enrolled already under another code.", $"code {code.ShortName()}: the key is that of {holder.Name}", holder.Id);
        if (await db.Devices.AnyAsync(x => x.PreviousPublicKey == key.Info, ct))
            return new Denial(Reason.KeyTaken, "This machine's key was withdrawn when a device was split from its copy.", $"code {code.ShortName()}: the key is one that a split has ended");
        if (code.Continues is { } device) return await ContinueAsync(db, code, device, key, request.AllowFaults, ct);
        return await NewAsync(db, code, key, request, ct);
    }

    // The right one of two copies goes on as what it was, with a key that the other one does not have. No certificate over the old key is looked at
    // any more, so the end of this one is the latest, whatever the clock said before.
    private async Task<Redemption> ContinueAsync(SandboxDb db, IssuedCode code, DeviceId id, DeviceKey key, bool allowFaults, CancellationToken ct)
    {
        var device = await db.Devices.SingleAsync(x => x.Id == id, ct);
        if (device.State is not (DeviceState.Quarantined or DeviceState.Active))
            return new Denial(OutOfService.Of(device.State).Reason, "This device was taken out of service: ask for a new join code.", Device: id);
        var (certificate, now) = (certificates.Issue(id, key.Key), time.GetUtcNow());
        if (device.State == DeviceState.Quarantined) db.LogEntries.Add(Quarantine.Entry(id, "", now));
        (device.PreviousPublicKey, device.PublicKey, device.PublicKeyHash) = (device.PublicKey, key.Info, key.Hash);
        (device.CurrentSerial, device.NextSerial, device.CertificateExpiresAt) = (certificate.Serial, null, certificate.ExpiresAt);
        (device.IssuerPin, device.State, device.StateReason, device.StateChangedAt, device.FaultsAllowed) = (certificate.IssuerPin, DeviceState.Active, null, now, allowFaults);
        (code.DeviceId, code.RedeemedAt) = (id, now);
        db.LogEntries.Add(DeviceLog.Enrolled(device, code, replaces: null, now, continues: true));
        await CloneCases.ForgetAsync(db, id, ct);
        return new Granted(device, certificate.Der, code.ShortName(), Again: false);
    }

    private async Task<Redemption> NewAsync(SandboxDb db, IssuedCode code, DeviceKey key, EnrolRequest request, CancellationToken ct)
    {
        var id = DeviceId.New();
        var replaced = code.Replaces is { } old ? await db.Devices.SingleOrDefaultAsync(x => x.Id == old, ct) : null;
        var name = await new DeviceNames(db).FreeAsync(replaced?.Name ?? (request.HasDeviceName ? request.DeviceName : null), id, replaced?.Id, ct);
        var device = New(id, name, code, key, certificates.Issue(id, key.Key), out var der);
        device.FaultsAllowed = request.AllowFaults;
        if (replaced is not null && Retire(replaced, device)) db.LogEntries.Add(DeviceLog.Ended(replaced.Id, DeviceState.Retired, replaced.StateReason, device.EnrolledAt, replaced: true));
        db.Devices.Add(device);
        db.LogEntries.Add(DeviceLog.Enrolled(device, code, replaced?.Id, device.EnrolledAt));
        if (replaced is not null) await PeoplesWord.PassOnAsync(db, replaced, device, ct);
        (code.DeviceId, code.RedeemedAt) = (id, device.EnrolledAt);
        return new Granted(device, der, code.ShortName(), Again: false);
    }

    private Device New(DeviceId id, string name, IssuedCode code, DeviceKey key, IssuedCertificate certificate, out byte[] der)
    {
        der = certificate.Der;
        var now = time.GetUtcNow();
        return new Device
        {
            Id = id,
            Name = name,
            OwnerId = code.PersonId,
            EnrolledAt = now,
            StateChangedAt = now,
            PublicKey = key.Info,
            PublicKeyHash = key.Hash,
            CurrentSerial = certificate.Serial,
            CertificateExpiresAt = certificate.ExpiresAt,
            IssuerPin = certificate.IssuerPin,
        };
    }

    private static bool Retire(Device old, Device by)
    {
        old.ReplacedBy = by.Id;
        if (old.State is not (DeviceState.Active or DeviceState.Quarantined)) return false;
        (old.State, old.StateReason, old.StateChangedAt) = (DeviceState.Retired, $"replaced by {by.Id}", by.EnrolledAt);
        return true;
    }
}
