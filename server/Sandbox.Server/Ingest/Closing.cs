using Grpc.Core;
using Sandbox.Protocol;
using Sandbox.Server.Devices;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Ingest;

/// <summary>How a stream that the server ends looks to the agent.</summary>
internal static class Closing
{
    /// <summary>Status and words for each reason.</summary>
    public static (StatusCode Status, string Words) For(Reason why) => why switch
    {
        Reason.StreamSuperseded => (StatusCode.Aborted, "A newer stream of this device has taken over."),
        Reason.DeviceUnknown => (StatusCode.Unauthenticated, "This server does not know the device any more: enrol again with a new join code."),
        Reason.DeviceRevoked => (StatusCode.PermissionDenied, OutOfService.Of(DeviceState.Revoked).Words),
        Reason.DeviceRetired => (StatusCode.PermissionDenied, OutOfService.Of(DeviceState.Retired).Words),
        Reason.DeviceQuarantined => (StatusCode.PermissionDenied, Quarantine.WordsForTheMachine),
        Reason.SerialSuperseded => (StatusCode.PermissionDenied, OutOfService.Superseded),
        Reason.StoreUnavailable => (StatusCode.Unavailable, "The server cannot store reports at present; keep them and try again."),
        _ => (StatusCode.Unavailable, "The server closed the stream; try again."),
    };
}
