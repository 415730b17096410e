using Grpc.Core;
using Sandbox.Protocol;
using Sandbox.Server.Devices;

namespace Sandbox.Server.Enrolment;

/// <summary>Turns enrolments away, and those who bring wrong codes too often before they are even looked at.</summary>
internal sealed class Tries(Refused refused, WrongCodes wrong)
{
    /// <summary>
    /// Ends a call with a code that was tried too often, or from where too many wrong codes came: one machine that guesses must not keep out a class
    /// behind the same address, so a good code passes all the same.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="token">The code's secret.</param>
    /// <param name="isGood">Looks whether it is that of a code that may be redeemed; asked only where too many wrong ones came from.</param>
    /// <exception cref="RpcException">It was, or they did.</exception>
    public async Task RequirePatienceAsync(ServerCallContext call, ReadOnlyMemory<byte> token, Func<Task<bool>> isGood)
    {
        if (wrong.Wait(token.Span) is { } pause) throw Exhausted(call, "This join code was refused too often", pause);
        if (wrong.Wait(call.GetHttpContext().Connection.RemoteIpAddress) is { } wait && !await isGood())
            throw Exhausted(call, "Too many wrong join codes came from this network", wait);
    }

    /// <summary>The exception that says why; a wrong code counts.</summary>
    /// <param name="call">The call.</param>
    /// <param name="denial">Why it is turned away.</param>
    /// <param name="token">The code's secret that it brought; empty: it brought none.</param>
    public RpcException Deny(ServerCallContext call, Denial denial, ReadOnlySpan<byte> token = default)
    {
        if (denial.Reason is Reason.CodeUnknown or Reason.CodeExpired or Reason.CodeUsed or Reason.CodeRevoked)
            wrong.Failed(call.GetHttpContext().Connection.RemoteIpAddress, token);
        return refused.Because(call, Status(denial.Reason), denial.Reason, denial.Words, denial.Device, denial.Detail);
    }

    private RpcException Exhausted(ServerCallContext call, string why, TimeSpan wait) => refused.Because(
        call, StatusCode.ResourceExhausted, Reason.TooManyTries, $"{why}; try again in {Math.Ceiling(wait.TotalMinutes):0} minutes.", retryAfter: wait);

    private static StatusCode Status(Reason reason) => reason switch
    {
        Reason.CsrInvalid or Reason.KeyRefused => StatusCode.InvalidArgument,
        Reason.KeyTaken => StatusCode.AlreadyExists,
        Reason.StoreUnavailable => StatusCode.Unavailable,
        _ => StatusCode.PermissionDenied,
    };
}
