using Grpc.Core;
using Sandbox.Protocol;
using Sandbox.Server.Devices;

namespace Sandbox.Server.Enrolment;

/// <summary>Turns enrolments away, and those who bring wrong codes too often before they are even looked at.</summary>
internal sealed class Tries(Refused refused, WrongCodes wrong)
{
    /// <summary>Ends a call from where too many wrong codes came.</summary>
    /// <exception cref="RpcException">They did.</exception>
    public void RequirePatience(ServerCallContext call)
    {
        if (wrong.Wait(call.GetHttpContext().Connection.RemoteIpAddress) is not { } wait) return;
        throw refused.Because(call, StatusCode.ResourceExhausted, Reason.TooManyTries,
            $"Too many wrong join codes came from this network; try again in {Math.Ceiling(wait.TotalMinutes):0} minutes.", retryAfter: wait);
    }

    /// <summary>The exception that says why; a wrong code counts.</summary>
    public RpcException Deny(ServerCallContext call, Denial denial)
    {
        if (denial.Reason is Reason.CodeUnknown or Reason.CodeExpired or Reason.CodeUsed or Reason.CodeRevoked)
            wrong.Failed(call.GetHttpContext().Connection.RemoteIpAddress);
        return refused.Because(call, Status(denial.Reason), denial.Reason, denial.Words, denial.Device, denial.Detail);
    }

    private static StatusCode Status(Reason reason) => reason switch
    {
        Reason.CsrInvalid or Reason.KeyRefused => StatusCode.InvalidArgument,
        Reason.KeyTaken => StatusCode.AlreadyExists,
        Reason.StoreUnavailable => StatusCode.Unavailable,
        _ => StatusCode.PermissionDenied,
    };
}
