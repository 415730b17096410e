using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sandbox.Agent.Antivirus;

/// <summary>One question and its answer over clamd's socket (clamd(8)): <c>zVERSION</c> and NUL there, text and NUL back.</summary>
internal sealed class ClamdSocket(EndPoint place)
{
    private const int MostBytes = 16 * 1024;
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(2);

    /// <summary>Asks; takes at most 3 s. Of an answer longer than 16 KiB only the beginning is taken.</summary>
    public async ValueTask<ClamdReply> AskAsync(string command, CancellationToken ct)
    {
        using var socket = new Socket(place.AddressFamily, SocketType.Stream, place is IPEndPoint ? ProtocolType.Tcp : ProtocolType.Unspecified);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            time.CancelAfter(ConnectTime);
            await socket.ConnectAsync(place, time.Token);
            time.CancelAfter(AnswerTime);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"z{command}\0"), time.Token);
            return await AnswerAsync(socket, time.Token);
        }
        catch (SocketException fault)
        {
            return new ClamdReply(KindOf(fault.SocketErrorCode), fault.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new ClamdReply(ClamdReplyKind.Mute, "no answer in time");
        }
    }

    private static ClamdReplyKind KindOf(SocketError error) => error switch
    {
        SocketError.ConnectionRefused or SocketError.AddressNotAvailable => ClamdReplyKind.Nobody,
        SocketError.AccessDenied => ClamdReplyKind.Denied,
        _ => ClamdReplyKind.Mute,
    };

    private static async ValueTask<ClamdReply> AnswerAsync(Socket socket, CancellationToken ct)
    {
        var bytes = new byte[MostBytes];
        var length = 0;
        while (length < bytes.Length && await socket.ReceiveAsync(bytes.AsMemory(length), ct) is > 0 and var got)
        {
            var end = bytes.AsSpan(length, got).IndexOf((byte)0);
            length += end < 0 ? got : end;
            if (end >= 0) break;
        }

        return length == 0
            ? new ClamdReply(ClamdReplyKind.Mute, "closed without an answer")
            : new ClamdReply(ClamdReplyKind.Answer, Encoding.UTF8.GetString(bytes, 0, length));
    }
}
