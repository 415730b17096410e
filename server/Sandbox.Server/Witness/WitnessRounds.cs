using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Polly;
using Polly.Retry;
using Sandbox.Server.Live;
using Sandbox.Storage;

namespace Sandbox.Server.Witness;

/// <summary>
/// Asks each witness outside for each new checkpoint, once a second at most, and for an old one again after ten minutes and after each start. A witness that does
/// not answer is asked again, less and less often; neither publishing nor another witness waits for it.
/// </summary>
internal sealed partial class WitnessRounds(IDbContextFactory<SandboxDb> contexts, WitnessTalk talk, NewestCheckpoint newest, TimeProvider time, ILogger<WitnessRounds> logger) : BackgroundService
{
    /// <summary>How often it looks whether there is something to ask.</summary>
    internal static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>How old a last word may be before the same is asked again.</summary>
    internal static readonly TimeSpan Again = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Task<Said?>> _talks = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                await LookAsync(stoppingToken);
                await Task.Delay(Every, time, stoppingToken);
            }
        }
        finally
        {
            await Task.WhenAll((IEnumerable<Task>)_talks.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            foreach (var name in await db.LogWitnesses.Select(witness => witness.Name).ToListAsync(ct))
                if (!_talks.TryGetValue(name, out var talked) || (talked.IsCompleted && IsDue(await talked))) _talks[name] = SpeakAsync(name, ct);
        }
        catch (DbException fault)
        {
            CannotLook(fault.Message);
        }
    }

    private bool IsDue(Said? said) => said is null || !ReferenceEquals(said.Checkpoint, newest.Current) || time.GetUtcNow() - said.At >= Again;

    private async Task<Said?> SpeakAsync(string name, CancellationToken ct) => await Retry(name).ExecuteAsync(async token => await AskAsync(name, token), ct);

    // Null: there is nothing to ask for, or the witness was removed meanwhile.
    private async Task<Said?> AskAsync(string name, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (newest.Current is not { } checkpoint || await db.LogWitnesses.SingleOrDefaultAsync(witness => witness.Name == name, ct) is not { } witness) return null;
        var word = await talk.AskAsync(witness, checkpoint, ct);
        (witness.Size, witness.AskedAt, witness.Trouble) = (word.Size, time.GetUtcNow(), word.Why);
        if (word.Line is not null) (witness.Cosignature, witness.CosignedAt) = (word.Line.ToString(), word.At);
        await db.SaveChangesAsync(ct);
        return new Said(checkpoint, time.GetUtcNow(), word.Why);
    }

    private ResiliencePipeline<Said?> Retry(string name) => new ResiliencePipelineBuilder<Said?> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<Said?>
        {
            ShouldHandle = new PredicateBuilder<Said?>().Handle<DbException>().Handle<DbUpdateException>().HandleResult(said => said?.Trouble is not null),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = FirstWait,
            MaxDelay = LongestWait,
            OnRetry = tried =>
            {
                NotCosigned(name, tried.Outcome.Exception?.Message ?? tried.Outcome.Result?.Trouble ?? "", tried.RetryDelay.TotalSeconds);
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    [LoggerMessage(3470, LogLevel.Warning, "The witness {Name} does not cosign: {Why}. It is asked again in {Seconds:0} s")]
    private partial void NotCosigned(string name, string why, double seconds);

    [LoggerMessage(3471, LogLevel.Warning, "Witnesses are not asked now: {Why}")]
    private partial void CannotLook(string why);

    private sealed record Said(PublishedCheckpoint Checkpoint, DateTimeOffset At, string? Trouble);
}
