using System.Security.Cryptography;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Polly;
using Polly.Retry;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Identity;
using Sandbox.Protocol;

namespace Sandbox.Agent.Uplink;

/// <summary>Keeps a stream open for as long as the agent runs; no trouble with the server ends it.</summary>
internal sealed class Uplink(DeviceIdentity identity, ReportStream stream, UplinkTimes times, UplinkBook book, TimeProvider time) : BackgroundService
{
    // Jitter adds a quarter at most.
    private const double AtMostTheLongest = 0.8;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var retry = Retry(ct);
        Exception? ended = null;
        try
        {
            while (!ct.IsCancellationRequested)
                ended = await retry.ExecuteAsync(async token => await TryAsync(Interlocked.Exchange(ref ended, null), token), ct);
        }
        catch (Exception fault) when (ct.IsCancellationRequested && fault is OperationCanceledException or RefusedException or TimeoutException or IOException)
        {
            // The agent stops, between two tries or in the midst of one.
        }

        book.Disconnected(null);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    // Throws when the stream failed early, so that the waits grow. A failure after a good minute is handed back and thrown by the next
    // try, so that they start from the shortest again.
    private async ValueTask<Exception?> TryAsync(Exception? ended, CancellationToken ct)
    {
        if (ended is not null) throw ended;
        var began = time.GetTimestamp();
        try
        {
            await StreamAsync(ct);
            return null;
        }
        catch (Exception fault) when (fault is RefusedException or TimeoutException or IOException)
        {
            book.Disconnected(fault.Message);
            if (time.GetElapsedTime(began) < times.Good) throw;
            return fault;
        }
    }

    // One stream, until its planned end, until there is a new certificate, or until the agent stops.
    private async Task StreamAsync(CancellationToken ct)
    {
        using var planned = new CancellationTokenSource(times.Life * (0.9 + (RandomNumberGenerator.GetInt32(1000) / 10_000.0)), time);
        using var close = CancellationTokenSource.CreateLinkedTokenSource(planned.Token, ct);
        // Asked for before the certificate is taken, so that one that is renewed meanwhile is not missed.
        var renewed = CloseAtRenewalAsync(identity.Renewed.Next, close);
        using var channel = new ServerChannel(identity.Record.Address, new ServerTrust(identity.Authorities, time), identity.Certificate);
        try
        {
            await stream.RunAsync(channel.Telemetry, close.Token);
        }
        catch (Exception fault) when (close.IsCancellationRequested && fault is RpcException or OperationCanceledException)
        {
            // It was to end anyway.
        }
        catch (RpcException fault)
        {
            var refused = Trouble.Of(fault, identity.Record.Address, channel);
            if (refused.Reason == Reason.CertificateExpired) identity.Expired.Beat();
            if (refused.Reason == Reason.DeviceQuarantined) await stream.PartAsync(ct);
            throw refused;
        }
        finally
        {
            await close.CancelAsync();
            await renewed;
        }
    }

    private static async Task CloseAtRenewalAsync(Task renewed, CancellationTokenSource close)
    {
        await renewed.WaitAsync(close.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await close.CancelAsync();
    }

    private ResiliencePipeline Retry(CancellationToken stop) => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = arguments => ValueTask.FromResult(
                !stop.IsCancellationRequested && arguments.Outcome.Exception is RefusedException or TimeoutException or IOException),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = times.FirstRetry,
            MaxDelay = times.LongestRetry,
            DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(
                arguments.Outcome.Exception is RefusedException { Reason: var reason } && IsAPersonsWord(reason) ? Jitter.Around(times.LongestRetry * AtMostTheLongest) : null),
        })
        .Build();

    // It may be taken back, so the agent goes on asking, but only at about the longest wait: devices that were refused together do not come together.
    private static bool IsAPersonsWord(Reason reason) => reason
        is Reason.DeviceRevoked or Reason.DeviceRetired or Reason.SerialSuperseded or Reason.DeviceUnknown or Reason.ProtocolUnsupported
        or Reason.DeviceQuarantined or Reason.CertificateTooOld;
}
