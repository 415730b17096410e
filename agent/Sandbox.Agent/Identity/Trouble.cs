using System.Net.Sockets;
using System.Security.Authentication;
using Grpc.Core;
using Sandbox.Protocol;

namespace Sandbox.Agent.Identity;

/// <summary>Turns a failed call into reason and words. The bare library says "Unavailable" for nearly all of it.</summary>
internal static class Trouble
{
    /// <summary>What to tell people.</summary>
    /// <param name="fault">The call's error.</param>
    /// <param name="address">host:port that was called.</param>
    /// <param name="trust">What was decided about that server.</param>
    public static RefusedException Of(RpcException fault, string address, ServerTrust trust)
    {
        var reason = Reasons.Of(fault);
        if (reason != Reason.Unspecified) return new RefusedException(reason, fault.Status.Detail);
        if (trust.Fault is { } untrusted) return new RefusedException(trust.Reason, $"{address}: {untrusted}");
        return new RefusedException(reason, $"{address}: {Words(fault)}");
    }

    private static string Words(RpcException fault) => Causes(fault).OfType<SocketException>().FirstOrDefault() switch
    {
        { SocketErrorCode: SocketError.ConnectionRefused } => "nothing listens there; is the server running?",
        { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } => "no such host is known; is the name right and DNS working?",
        { SocketErrorCode: SocketError.TimedOut or SocketError.HostUnreachable or SocketError.NetworkUnreachable } => "the server cannot be reached over the network",
        _ when fault.StatusCode == StatusCode.DeadlineExceeded => "the server did not answer in time",
        _ when fault.StatusCode == StatusCode.Unavailable && CutInHandshake(fault) =>
            "the server ended the connection in or right after the handshake. It may not know this device's certificate: if the server was set up anew, enrol again",
        _ => $"{fault.StatusCode}: {fault.Status.Detail}",
    };

    // TLS 1.3 lets the client finish first: a certificate that the server does not want shows as a cut connection.
    private static bool CutInHandshake(RpcException fault) =>
        Causes(fault).Any(c => c is AuthenticationException or HttpIOException or IOException or SocketException { SocketErrorCode: SocketError.ConnectionReset });

    private static IEnumerable<Exception> Causes(RpcException fault)
    {
        for (var cause = fault.Status.DebugException; cause is not null; cause = cause.InnerException) yield return cause;
    }
}
