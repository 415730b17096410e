using System.Data.Common;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Server.Devices;

namespace Sandbox.Server.Enrolment;

/// <summary>Enrol and Renew, as enrolment.proto describes them.</summary>
internal sealed partial class EnrolmentService(Redeeming redeeming, Renewal renewal, Tries tries, TimeProvider time, ILogger<EnrolmentService> logger)
    : Protocol.Enrolment.EnrolmentBase
{
    // A class that enrols at once waits in line here, instead of fighting for the database and losing.
    private const int AtOnce = 4;
    private static readonly SemaphoreSlim Line = new(AtOnce);

    /// <inheritdoc/>
    public override async Task<EnrolReply> Enrol(EnrolRequest request, ServerCallContext context)
    {
        await Stored(context, async () =>
        {
            await tries.RequirePatienceAsync(context, request.Token.Memory, () => redeeming.MayBeRedeemedAsync(request.Token.Memory, context.CancellationToken));
            return true;
        });
        var outcome = await Stored(context, () => InLineAsync(() => redeeming.RedeemAsync(request, context.CancellationToken), context.CancellationToken));
        if (outcome is not Granted granted) throw tries.Deny(context, (Denial)outcome, request.Token.Span);
        var now = time.GetUtcNow();
        var device = granted.Device;
        Enrolled(device.Id, device.Name, granted.Code, context.GetHttpContext().Connection.RemoteIpAddress?.ToString(), granted.Again ? "again, for the same key" : "for the first time");
        if (ClockSkew.Words(request.SentAt, now) is { } skew) ClockOff(device.Id, device.Name, skew);
        return new EnrolReply
        {
            DeviceId = ByteString.CopyFrom(device.Id.ToBytes()),
            Certificate = ByteString.CopyFrom(granted.Certificate),
            ServerTime = Timestamp.FromDateTimeOffset(now),
            DeviceName = device.Name,
            Authorities = { renewal.Authorities },
        };
    }

    /// <inheritdoc/>
    public override async Task<RenewReply> Renew(RenewRequest request, ServerCallContext context)
    {
        var (certificate, denial) = await Stored(context, () => renewal.RenewAsync(context.Device, request, context.CancellationToken));
        if (certificate is null) throw tries.Deny(context, denial!);
        Renewed(context.Device.Id, context.Device.Name, certificate.ExpiresAt);
        return new RenewReply
        {
            Certificate = ByteString.CopyFrom(certificate.Der),
            ServerTime = Timestamp.FromDateTimeOffset(time.GetUtcNow()),
            Authorities = { renewal.Authorities },
        };
    }

    private static async Task<T> InLineAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        await Line.WaitAsync(ct);
        try
        {
            return await work();
        }
        finally
        {
            Line.Release();
        }
    }

    private async Task<T> Stored<T>(ServerCallContext call, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception fault) when (fault is DbException or DbUpdateException)
        {
            throw tries.Deny(call, new Denial(Reason.StoreUnavailable, "The server cannot reach its database at present; try again later.", fault.Message));
        }
    }

    [LoggerMessage(3300, LogLevel.Information, "Enrolled {Device} ({Name}) with code {Code} from {Peer}, {Again}")]
    private partial void Enrolled(DeviceId device, string name, string code, string? peer, string again);

    [LoggerMessage(3301, LogLevel.Warning, "The clock of {Device} ({Name}) is {Skew}")]
    private partial void ClockOff(DeviceId device, string name, string skew);

    [LoggerMessage(3302, LogLevel.Information, "Renewed the certificate of {Device} ({Name}); the next one ends at {End:u}")]
    private partial void Renewed(DeviceId device, string name, DateTimeOffset end);
}
