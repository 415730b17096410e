using System.Net.Sockets;
using Google.Protobuf;
using Sandbox.Protocol;

namespace Sandbox.Agent.Faults;

/// <summary>The helper that applies seeded faults as root. It need not be there.</summary>
/// <param name="socket">Where it listens. Null: this agent has none.</param>
internal sealed class FaultSocket(string? socket)
{
    /// <summary>Where the package's listens.</summary>
    public const string Usual = "/run/sandbox-faults/helper.sock";

    // It lets programs run for 30 s each, a few after each other.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Asks it. Null: it is not there, or does not answer.</summary>
    public async Task<HelperAnswer?> AskAsync(HelperRequest request, CancellationToken ct) => (await TryAskAsync(request, ct)).Answer;

    /// <summary>Asks it, and tells one that is not there from one that does not answer, which may do all the same what it was asked for.</summary>
    public async Task<(HelperAnswer? Answer, bool IsThere)> TryAskAsync(HelperRequest request, CancellationToken ct)
    {
        if (socket is null || !File.Exists(socket)) return (null, false);
        using var patience = new CancellationTokenSource(Patience);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        using var peer = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var isThere = false;
        try
        {
            await peer.ConnectAsync(new UnixDomainSocketEndPoint(socket), end.Token);
            isThere = true;
            await using var stream = new NetworkStream(peer);
            await HelperFrame.WriteAsync(stream, request, end.Token);
            return (await HelperFrame.ReadAsync(stream, HelperAnswer.Parser, end.Token), true);
        }
        catch (Exception fault) when (fault is SocketException or IOException or InvalidProtocolBufferException || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            // A queue that is full, which it is while the helper is at work, is no refusal.
            return (null, isThere || fault is OperationCanceledException or SocketException { SocketErrorCode: SocketError.WouldBlock });
        }
    }
}
