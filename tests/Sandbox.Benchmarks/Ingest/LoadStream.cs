using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Sandbox.Agent.Identity;
using Sandbox.Protocol;

namespace Sandbox.Benchmarks.Ingest;

/// <summary>One device's stream, kept full: as many messages on their way as the agent allows itself.</summary>
/// <param name="device">Who reports.</param>
/// <param name="port">Of the server's agents.</param>
/// <param name="authority">The lab's CA.</param>
/// <param name="reportsPerMessage">Reports in a message.</param>
/// <param name="pause">Between two messages. Zero: none, the stream is kept full.</param>
internal sealed class LoadStream(LoadDevice device, int port, X509Certificate2 authority, int reportsPerMessage, TimeSpan pause) : IDisposable
{
    // As the agent's InFlight.
    private const int MostMessages = 4;

    private readonly SemaphoreSlim _room = new(MostMessages, MostMessages);
    private readonly ConcurrentQueue<(ulong Last, long SentAt)> _sent = new();
    private readonly ServerChannel _channel = device.Connect(port, authority);
    private readonly List<double> _latencies = [];
    private bool _isNoting;
    private long _acknowledged;

    /// <summary>Reports that the server has acknowledged.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Begins to note how long each message takes from sending to acknowledgement.</summary>
    public void Note()
    {
        lock (_latencies) _isNoting = true;
    }

    /// <summary>Ends it, and says all that was noted, in milliseconds.</summary>
    public IReadOnlyList<double> Noted()
    {
        lock (_latencies)
        {
            double[] noted = [.. _latencies];
            _latencies.Clear();
            _isNoting = false;
            return noted;
        }
    }

    /// <summary>Sends until the token says so.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        using var call = _channel.Telemetry.Stream(cancellationToken: ct);
        try
        {
            await call.RequestStream.WriteAsync(device.Hello(), ct);
            if (!await call.ResponseStream.MoveNext(ct)) throw new InvalidOperationException("The server closed a stream before its welcome.");
            await Task.WhenAll(SendAsync(call.RequestStream, ct), ReceiveAsync(call.ResponseStream, ct));
        }
        catch (Exception fault) when (ct.IsCancellationRequested && fault is OperationCanceledException or RpcException)
        {
            // The measurement is over.
        }
        catch (RpcException fault)
        {
            throw new InvalidOperationException($"The server ended a stream: {fault.Status.Detail}", fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _channel.Dispose();
        _room.Dispose();
    }

    private async Task SendAsync(IClientStreamWriter<AgentMessage> server, CancellationToken ct)
    {
        while (true)
        {
            await _room.WaitAsync(ct);
            var message = device.Next(reportsPerMessage);
            _sent.Enqueue((device.LastSequence, Stopwatch.GetTimestamp()));
            await server.WriteAsync(message, ct);
            if (pause > TimeSpan.Zero) await Task.Delay(pause, TimeProvider.System, ct);
        }
    }

    private async Task ReceiveAsync(IAsyncStreamReader<ServerMessage> server, CancellationToken ct)
    {
        while (await server.MoveNext(ct))
        {
            if (server.Current.ReportRefused is { } refused) throw new InvalidOperationException($"The server refused a report: {refused.Message}");
            if (server.Current.Acknowledgement is { } acknowledgement) Settle(acknowledgement.LastSequence);
        }
    }

    private void Settle(ulong last)
    {
        while (_sent.TryPeek(out var sent) && sent.Last <= last)
        {
            _sent.TryDequeue(out _);
            Took(Stopwatch.GetElapsedTime(sent.SentAt));
            Interlocked.Add(ref _acknowledged, reportsPerMessage);
            _room.Release();
        }
    }

    private void Took(TimeSpan time)
    {
        lock (_latencies)
            if (_isNoting) _latencies.Add(time.TotalMilliseconds);
    }
}
