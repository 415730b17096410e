using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Sandbox.Agent.Identity;
using Sandbox.Protocol;

namespace Sandbox.Benchmarks.Ingest;

/// <summary>One device's stream, kept full: as many messages on their way as the agent allows itself.</summary>
internal sealed class LoadStream(LoadDevice device, int port, X509Certificate2 authority, int reportsPerMessage) : IDisposable
{
    // As the agent's InFlight.
    private const int MostMessages = 4;

    private readonly SemaphoreSlim _room = new(MostMessages, MostMessages);
    private readonly ConcurrentQueue<(ulong Last, long SentAt)> _sent = new();
    private readonly ServerChannel _channel = device.Connect(port, authority);
    private long _acknowledged;

    /// <summary>Reports that the server has acknowledged.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>From sending to acknowledgement of each message, in milliseconds; null: not measured now. Only this stream writes into it.</summary>
    public List<double>? Latencies { get; set; }

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
            Latencies?.Add(Stopwatch.GetElapsedTime(sent.SentAt).TotalMilliseconds);
            Interlocked.Add(ref _acknowledged, reportsPerMessage);
            _room.Release();
        }
    }
}
