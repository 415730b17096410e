using System.Net.Sockets;
using Grpc.Core;
using Sandbox.Protocol;

namespace Sandbox.Agent.Identity;

/// <summary>Turns a failed call into reason and words. The bare library says "Unavailable" for nearly all of it.</summary>
internal static class Trouble
{
    // A server that stops in this very moment shows the same.
    private static readonly string Foreign =
        "the server ended the connection as soon as it had seen this device's certificate: as far as can be told from here, another CA made it. "
        + "If that stays so (the server's log says it for certain), ask for a new join code and type: " + Typed.Agent("enrol -");

    private static readonly string NoAgentPort =
        "something answers there, but it does not speak with agents; is the port right? Agents use 7444 unless the server was told otherwise, pages another one. To change it, type: " + Typed.Agent("move HOST:PORT");

    /// <summary>What to tell people.</summary>
    /// <param name="fault">The call's error.</param>
    /// <param name="address">host:port that was called.</param>
    /// <param name="channel">The connection: what was decided about that server, and what was shown to it.</param>
    public static RefusedException Of(RpcException fault, string address, ServerChannel channel)
    {
        var reason = Reasons.Of(fault);
        if (reason != Reason.Unspecified) return new RefusedException(reason, fault.Status.Detail);
        if (channel.Trust.Fault is { } untrusted) return new RefusedException(channel.Trust.Reason, $"{address}: {untrusted}");
        if (channel.IsSilentAfterCertificate && fault.StatusCode is StatusCode.Unavailable or StatusCode.Internal) return new RefusedException(Reason.CertificateForeign, $"{address}: {Foreign}");
        return new RefusedException(reason, $"{address}: {Words(fault)}");
    }

    private static string Words(RpcException fault) => Causes(fault).OfType<SocketException>().FirstOrDefault() switch
    {
        { SocketErrorCode: SocketError.ConnectionRefused } => "nothing listens there; is the server running?",
        { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } => "no such host is known; is the name right and DNS working?",
        { SocketErrorCode: SocketError.TimedOut or SocketError.HostUnreachable or SocketError.NetworkUnreachable } => "the server cannot be reached over the network",
        _ when fault.StatusCode == StatusCode.Unimplemented => NoAgentPort,
        _ when fault.StatusCode == StatusCode.DeadlineExceeded => "the server did not answer in time",
        _ when Causes(fault).Any(cause => cause is IOException or SocketException) => "the server ended the connection",
        _ => $"{fault.StatusCode}: {fault.Status.Detail}",
    };

    private static IEnumerable<Exception> Causes(RpcException fault)
    {
        for (var cause = fault.Status.DebugException; cause is not null; cause = cause.InnerException) yield return cause;
    }
}
