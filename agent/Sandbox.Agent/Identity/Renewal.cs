using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Identity;

/// <summary>Exchanges the certificate for a fresh one over the same key when half of its life is over.</summary>
internal sealed partial class Renewal(DeviceIdentity identity, TimeProvider time, ILogger<Renewal> logger) : BackgroundService
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _longestSleep = TimeSpan.FromDays(1);
    private static readonly TimeSpan _rest = TimeSpan.FromHours(1);

    // A machine may sleep through its new certificate's whole life within that hour; the server then calls it expired.
    private static readonly TimeSpan _shortRest = TimeSpan.FromMinutes(1);

    /// <summary>
    /// When a certificate is to be renewed: at half its life, a tenth earlier or later by a digit of its own serial, so that a lab that was
    /// enrolled in one hour does not renew in one minute, and a restart changes nothing.
    /// </summary>
    public static DateTimeOffset DueAt(DateTimeOffset notBefore, DateTimeOffset notAfter, ReadOnlySpan<byte> serial)
    {
        var spread = 0.9 + (serial[^1] / 255.0 * 0.2);
        return notBefore + ((notAfter - notBefore) / 2 * spread);
    }

    /// <summary>How long to wait after a failed try: about 6 s, doubling, never more than a minute.</summary>
    /// <param name="failed">How many tries failed before that one.</param>
    public static TimeSpan WaitAfter(int failed) => Jitter.Around(TimeSpan.FromSeconds(Math.Min(48, 6 * Math.Pow(2, failed))));

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var expired = identity.Expired.Next;
        while (!ct.IsCancellationRequested)
        {
            var left = Due() - time.GetUtcNow();
            if (left > TimeSpan.Zero && !expired.IsCompleted)
            {
                // Sleeps at most a day: a laptop's sleep or a corrected clock must not put it off.
                await expired.WaitAsync(left < _longestSleep ? left : _longestSleep, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            await Retry().ExecuteAsync(RenewAsync, ct);
            expired = identity.Expired.Next;
            // By a clock that is far ahead the new certificate is due at once, too: asking again at once would never end.
            await Task.Delay(_shortRest, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await expired.WaitAsync(_rest - _shortRest, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The agent stops between two tries.
        }
    }

    private DateTimeOffset Due()
    {
        var certificate = identity.Certificate;
        return DueAt(certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime(), certificate.SerialNumberBytes.Span);
    }

    private async ValueTask RenewAsync(CancellationToken ct)
    {
        using var channel = new ServerChannel(identity.Record.Address, new ServerTrust(identity.Authorities, time), identity.Certificate);
        try
        {
            var request = new RenewRequest { CertificateSigningRequest = UnsafeByteOperations.UnsafeWrap(KeyPair.Request(identity.Key)) };
            var deadline = TimeProvider.System.GetUtcNow().UtcDateTime + _deadline;
            var reply = await channel.Enrolment.RenewAsync(request, deadline: deadline, cancellationToken: ct);
            identity.Take([.. reply.Authorities.Select(der => der.Memory)]);
            identity.Take(reply.Certificate.Span);
            Renewed(identity.Certificate.NotAfter.ToUniversalTime());
        }
        catch (RpcException fault)
        {
            ct.ThrowIfCancellationRequested();
            throw Trouble.Of(fault, identity.Record.Address, channel);
        }
    }

    private ResiliencePipeline Retry() => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<RefusedException>().Handle<IOException>().Handle<System.Security.Cryptography.CryptographicException>(),
            MaxRetryAttempts = int.MaxValue,
            DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(WaitAfter(arguments.AttemptNumber)),
            OnRetry = arguments =>
            {
                NotRenewed(identity.Certificate.NotAfter.ToUniversalTime(), arguments.Outcome.Exception!.Message, arguments.RetryDelay);
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    [LoggerMessage(1300, LogLevel.Information, "The device certificate was renewed; it ends at {End:u}")]
    private partial void Renewed(DateTime end);

    [LoggerMessage(1301, LogLevel.Warning, "The device certificate, which ends at {End:u}, could not be renewed: {Trouble}. Trying again in {Wait}")]
    private partial void NotRenewed(DateTime end, string trouble, TimeSpan wait);
}
