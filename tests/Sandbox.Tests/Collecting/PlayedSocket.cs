using System.Net.Sockets;

namespace Sandbox.Tests.Collecting;

/// <summary>A Unix socket behind which a test plays a daemon: one caller after the other.</summary>
internal abstract class PlayedSocket : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Listens at a path, below a folder that it makes.</summary>
    protected void Listen(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _running = RunAsync();
    }

    /// <summary>Talks with one caller, until one of the two has enough.</summary>
    protected abstract Task AnswerAsync(Socket caller, CancellationToken ct);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            using var caller = await _listener.AcceptAsync(_stop.Token);
            try
            {
                await AnswerAsync(caller, _stop.Token);
            }
            catch (SocketException)
            {
                // The caller had enough.
            }
        }
    }
}
