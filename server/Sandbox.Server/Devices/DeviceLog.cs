using Google.Protobuf;
using Sandbox.Evidence;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Devices;

/// <summary>What the evidence log says of devices that come, go and are turned away.</summary>
internal static class DeviceLog
{
    /// <summary>A machine became a device, or a device got another key.</summary>
    /// <param name="device">The device with the key that counts from now on.</param>
    /// <param name="code">The join code that it redeemed.</param>
    /// <param name="replaces">The device whose place it took. Null: none.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="continues">The device was known before, and goes on with a new key.</param>
    public static LoggedEntry Enrolled(Device device, IssuedCode code, DeviceId? replaces, DateTimeOffset now, bool continues = false)
    {
        var body = new DeviceEnrolled
        {
            DeviceId = Bytes(device.Id),
            DeviceName = device.Name,
            PersonId = ByteString.CopyFrom(device.OwnerId.ToByteArray(bigEndian: true)),
            PublicKey = ByteString.CopyFrom(device.PublicKey),
            Code = code.ShortName(),
            Continues = continues,
        };
        if (replaces is { } old) body.Replaces = Bytes(old);
        return LoggedEntry.New(EntryKind.Enrolment, now, new LogBody { DeviceEnrolled = body }, device.Id, device.OwnerId);
    }

    /// <summary>A device was taken out of service.</summary>
    /// <param name="device">Which.</param>
    /// <param name="state">Retired or revoked.</param>
    /// <param name="why">In the person's words. Null: they gave none.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="replaced">Another machine took its place.</param>
    public static LoggedEntry Ended(DeviceId device, DeviceState state, string? why, DateTimeOffset now, bool replaced = false)
    {
        var how = replaced ? DeviceEnded.Types.How.Replaced : state == DeviceState.Revoked ? DeviceEnded.Types.How.Revoked : DeviceEnded.Types.How.Retired;
        var body = new DeviceEnded { DeviceId = Bytes(device), How = how };
        if (why is not null) body.Why = why;
        return LoggedEntry.New(EntryKind.Revocation, now, new LogBody { DeviceEnded = body }, device);
    }

    /// <summary>Something was turned away.</summary>
    public static LoggedEntry TurnedAway(Refusal refusal)
    {
        var body = new TurnedAway { Reason = refusal.Reason, Peer = refusal.Peer, Detail = refusal.Detail };
        if (refusal.DeviceId is { } device) body.DeviceId = Bytes(device);
        return LoggedEntry.New(EntryKind.Refusal, refusal.At, new LogBody { TurnedAway = body }, refusal.DeviceId);
    }

    /// <summary>More was turned away than there are entries of.</summary>
    public static LoggedEntry LeftOut(long count, DateTimeOffset now) =>
        LoggedEntry.New(EntryKind.Refusal, now, new LogBody { RefusalsLeftOut = new RefusalsLeftOut { Count = (ulong)count } });

    /// <summary>What people say of a device, by which the policy asks it other rules.</summary>
    public static LoggedEntry Scoped(DeviceId device, IReadOnlyList<string> groups, DeviceRole? role, Guid? by, DateTimeOffset now)
    {
        var body = new DeviceScoped { DeviceId = Bytes(device), Groups = { groups.Order(StringComparer.Ordinal) } };
        if (role is { } known) body.Role = known.Name();
        if (by is { } person) body.SaidBy = LogId.Of(person);
        return LoggedEntry.New(EntryKind.Scope, now, new LogBody { DeviceScoped = body }, device);
    }

    /// <summary>An account was marked as known to others, or that was taken back.</summary>
    public static LoggedEntry Marked(StoredMark mark, Guid? by, DateTimeOffset now)
    {
        var body = new AccountMarked { Id = LogId.Of(mark.Id), Account = mark.Account, Since = $"{mark.Since:yyyy-MM-dd}", Reason = mark.Reason, Withdrawn = mark.WithdrawnAt is not null };
        if (mark.DeviceId is { } device) body.DeviceId = Bytes(device);
        if (by is { } person) body.SaidBy = LogId.Of(person);
        return LoggedEntry.New(EntryKind.Compromise, now, new LogBody { AccountMarked = body }, mark.DeviceId, subject: mark.Id);
    }

    private static ByteString Bytes(DeviceId device) => ByteString.CopyFrom(device.ToBytes());
}
