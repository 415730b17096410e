using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sandbox.Protocol;
using Sandbox.Server.Hosting;
using Sandbox.Server.Ingest;
using Sandbox.Server.Live;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Benchmarks.Ingest;

/// <summary>
/// The server with storage, judgement and log off: the same listener, handshakes, device look-up, streams, checks of form, hash and signature,
/// and queue; then every report is acknowledged and forgotten. It lives in the benchmark's program only.
/// </summary>
internal sealed class Nothing(IngestQueue queue, OpenStreams streams) : BackgroundService
{
    /// <summary>The word that makes this program that server; <c>run</c> and its options follow.</summary>
    public const string Name = "serve-nothing";

    private const int EnoughReports = 1000;

    /// <summary>Serves until SIGTERM.</summary>
    public static Task<int> ServeAsync(string[] arguments)
    {
        var root = new RootCommand { RunCommand.Create(InPlaceOfTheWriter) };
        return root.Parse(arguments).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await queue.WaitAsync(stoppingToken)) TakeBatch();
    }

    private static void InPlaceOfTheWriter(IServiceCollection services)
    {
        services.Remove(services.Single(service => service.ImplementationType == typeof(IngestWriter)));
        services.AddHostedService<Nothing>();
    }

    private void TakeBatch()
    {
        var arrived = new Dictionary<ReportStream, (long Last, long Bytes)>();
        for (var reports = 0; reports < EnoughReports && queue.TryTake(out var work);)
        {
            if (work is Hail hail)
            {
                hail.Opened.TrySetResult((new SessionOpened(Reason.Unspecified, Session: 1, HasFacts: true), streams.Open(hail.Opening.Device)));
                continue;
            }
            // What the server does of its own accord, such as judging again, is off, too.
            if (work is not Delivery delivery) continue;
            reports += delivery.Reports.Length;
            var before = arrived.GetValueOrDefault(delivery.Stream);
            arrived[delivery.Stream] = (delivery.Reports[^1].Report?.Sequence ?? before.Last, before.Bytes + delivery.Bytes);
        }
        foreach (var (stream, (last, bytes)) in arrived)
        {
            stream.Outbox.Settle([], last, bytes);
            queue.Left(bytes);
        }
    }
}
