using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Printing.Ipp;

namespace Sandbox.Agent.Printing;

/// <summary>CUPS of this machine, asked over HTTP (RFC 8010 §4) through one of its sockets. Neither proxies nor redirections are followed.</summary>
internal sealed class CupsServer : IDisposable
{
    private const int MostBytes = 4 << 20;
    private const int MostHeaderKibibytes = 16;
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(2);
    private readonly HttpClient _http;

    /// <param name="place">Where it listens.</param>
    public CupsServer(EndPoint place)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null, MaxResponseHeadersLength = MostHeaderKibibytes,
            ConnectCallback = (_, ct) => ConnectAsync(place, ct),
        };
        _http = new HttpClient(handler) { BaseAddress = new Uri("http://localhost/"), Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Asks; takes at most 2 s, and at most 4 MiB of an answer.</summary>
    public async ValueTask<IppReply> AskAsync(IppRequest request, CancellationToken ct)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(ct);
        time.CancelAfter(AnswerTime);
        try
        {
            using var content = new ByteArrayContent(request.ToBytes());
            content.Headers.ContentType = new MediaTypeHeaderValue("application/ipp");
            using var question = new HttpRequestMessage(HttpMethod.Post, "/") { Content = content };
            using var answer = await _http.SendAsync(question, HttpCompletionOption.ResponseHeadersRead, time.Token);
            if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) return new IppReply(null, "CUPS does not let this user ask", IsDenied: true);
            if (answer.StatusCode != HttpStatusCode.OK) return new IppReply(null, $"CUPS answers with HTTP status {(int)answer.StatusCode}");
            return await ReadAsync(answer.Content, time.Token);
        }
        catch (HttpRequestException fault)
        {
            return fault.InnerException is SocketException { SocketErrorCode: SocketError.AccessDenied } ? new IppReply(null, "permission denied", IsDenied: true) : new IppReply(null, (fault.InnerException ?? fault).Message);
        }
        catch (IOException fault)
        {
            return new IppReply(null, fault.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new IppReply(null, "no answer within 2 s");
        }
    }

    public void Dispose() => _http.Dispose();

    private static async ValueTask<Stream> ConnectAsync(EndPoint place, CancellationToken ct)
    {
        var socket = new Socket(place.AddressFamily, SocketType.Stream, place is IPEndPoint ? ProtocolType.Tcp : ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(place, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    private static async ValueTask<IppReply> ReadAsync(HttpContent content, CancellationToken ct)
    {
        await using var stream = await content.ReadAsStreamAsync(ct);
        using var buffer = new PooledBytes(16 * 1024);
        var length = 0;
        while (await stream.ReadAsync(buffer.Array.AsMemory(length), ct) is > 0 and var got)
        {
            length += got;
            if (length > MostBytes) return new IppReply(null, $"an answer larger than {MostBytes / 1024} KiB");
            if (length == buffer.Array.Length) buffer.Double();
        }
        // The buffer goes back; values point into the copy.
        return IppMessage.Parse(buffer.Array.AsSpan(0, length).ToArray()) is { } message ? new IppReply(message) : new IppReply(null, "what answers does not speak IPP");
    }
}
