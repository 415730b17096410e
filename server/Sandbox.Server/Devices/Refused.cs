using System.Globalization;
using System.Net;
using Grpc.Core;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Devices;

/// <summary>
/// Turns a call away: one line in the log, one row for the mentor's page, and the exception to throw, whose trailer names the reason.
/// <code>throw refused.Because(call, StatusCode.PermissionDenied, Reason.CodeExpired, "This join code has expired: ask for a new one.");</code>
/// </summary>
internal sealed partial class Refused(RefusalBook book, TimeProvider time, ILogger<Refused> logger)
{
    private const string RetryAfterTrailer = "retry-after";

    /// <summary>Logs and records a refusal, and makes the exception that carries it to the agent.</summary>
    /// <param name="call">The call that is turned away.</param>
    /// <param name="status">The gRPC status.</param>
    /// <param name="reason">Why.</param>
    /// <param name="words">The same for people who look at the agent; no secret, nothing about others.</param>
    /// <param name="device">The device, when it is known. Null: it is not, or the call itself knows it.</param>
    /// <param name="detail">The precise circumstances for the log and the mentor's page. Null: <paramref name="words"/> say it all.</param>
    /// <param name="retryAfter">When trying again makes sense. Null: the trailer is left out.</param>
    public RpcException Because(
        ServerCallContext call, StatusCode status, Reason reason, string words, DeviceId? device = null, string? detail = null, TimeSpan? retryAfter = null)
    {
        var peer = PeerOf(call);
        device ??= call.UserState.TryGetValue(CallingDevice.Key, out var known) ? ((CallingDevice)known).Id : null;
        detail ??= words;
        TurnedAway(call.Method, peer, device, WireName(reason), detail);
        book.Note(new Refusal { At = time.GetUtcNow(), Reason = reason, Peer = peer, DeviceId = device, Detail = detail });
        return Exception(status, reason, words, retryAfter);
    }

    /// <summary>Logs and records that a handshake was ended: there is no call yet, so the machine is told no more than TLS can say.</summary>
    /// <param name="from">The other end.</param>
    /// <param name="certificate">Subject and issuer of what it showed, and what is wrong with it.</param>
    public void Handshake(EndPoint? from, string certificate)
    {
        var peer = from is IPEndPoint address ? Text(address.Address) : $"{from}";
        Foreign(peer, certificate);
        book.Note(new Refusal { At = time.GetUtcNow(), Reason = Reason.CertificateForeign, Peer = peer, Detail = certificate });
    }

    /// <summary>Logs the end of a stream that is no refusal, and makes the exception that carries it to the agent, which is back in a moment.</summary>
    public RpcException Closing(ServerCallContext call, StatusCode status, Reason reason, string words)
    {
        if (reason != Reason.Unspecified) Closed(PeerOf(call), call.UserState.TryGetValue(CallingDevice.Key, out var known) ? ((CallingDevice)known).Id : null, WireName(reason), words);
        return Exception(status, reason, words);
    }

    /// <summary>The peer's address; one of IPv4 as such, also on a socket for both.</summary>
    public static string PeerOf(ServerCallContext call) => call.GetHttpContext().Connection.RemoteIpAddress is { } address ? Text(address) : call.Peer;

    /// <summary>The exception alone, for what is neither logged nor recorded. Without a reason (the server stops) it names none.</summary>
    public static RpcException Exception(StatusCode status, Reason reason, string words, TimeSpan? retryAfter = null)
    {
        var trailers = new Metadata();
        if (reason != Reason.Unspecified) trailers.Add(Wire.ReasonTrailer, WireName(reason));
        if (retryAfter is { } wait)
            trailers.Add(RetryAfterTrailer, Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
        return new RpcException(new Status(status, words), trailers);
    }

    /// <summary>The name of a reason as reason.proto spells it: <c>CODE_EXPIRED</c>.</summary>
    public static string WireName(Reason reason) =>
        ReasonReflection.Descriptor.EnumTypes[0].FindValueByNumber((int)reason)?.Name ?? ((int)reason).ToString(CultureInfo.InvariantCulture);

    private static string Text(IPAddress address) => (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();

    [LoggerMessage(3010, LogLevel.Warning, "CERTIFICATE_FOREIGN: ended a handshake of {Peer} on the agents' port: {Certificate}. A device of another server, or of this one before its CA was made anew: it must enrol again")]
    private partial void Foreign(string peer, string certificate);

    [LoggerMessage(3200, LogLevel.Warning, "Turned away {Method} from {Peer}, device {Device}: {Reason}: {Detail}")]
    private partial void TurnedAway(string method, string peer, DeviceId? device, string reason, string detail);

    [LoggerMessage(3207, LogLevel.Information, "Closed the stream from {Peer}, device {Device}: {Reason}: {Words}")]
    private partial void Closed(string peer, DeviceId? device, string reason, string words);
}
