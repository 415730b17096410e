using Sandbox.Server.Live;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Sequencing;

/// <summary>
/// Lets the evidence log grow: wakes when the bell is rung or half a second has passed (commands write beside the server and ring no bell),
/// and rests after each round, so that a busy ingest shares its disk with a few large steps and not with many small ones.
/// </summary>
internal sealed partial class Sequencer(LogRound round, OwnMemory memory, LogBell bell, TimeProvider time, ILogger<Sequencer> logger) : BackgroundService
{
    /// <summary>Longest time between two looks.</summary>
    internal static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Shortest time between two rounds.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        await using var look = time.CreateTimer(_ => bell.Ring(), null, TimeSpan.Zero, LookEvery);
        var wait = TimeSpan.Zero;
        while (true)
        {
            await bell.RungAsync(stoppingToken);
            wait = await TryRoundAsync(wait, stoppingToken);
            await Task.Delay(wait > TimeSpan.Zero ? wait : Rest, time, stoppingToken);
        }
    }

    // How long to wait before the next try; zero: it went well.
    private async Task<TimeSpan> TryRoundAsync(TimeSpan wait, CancellationToken ct)
    {
        var next = wait == TimeSpan.Zero ? FirstWait : TimeSpan.FromTicks(Math.Min(2 * wait.Ticks, LongestWait.Ticks));
        try
        {
            await memory.CompareAsync(ct);
            await round.RunAsync(ct);
            memory.Keep(round.Shown);
            if (wait > TimeSpan.Zero) GoesOn();
            return TimeSpan.Zero;
        }
        catch (Exception fault) when (fault is StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            memory.Doubt();
            Waits(next.TotalSeconds, fault.Message);
            return next;
        }
        catch (InvalidDataException damage)
        {
            Damaged(damage.Message);
            return LongestWait;
        }
    }

    [LoggerMessage(3400, LogLevel.Warning, "The evidence log does not grow now; entries wait, and it is tried again in {Seconds} s: {Why}")]
    private partial void Waits(double seconds, string why);

    [LoggerMessage(3401, LogLevel.Information, "The evidence log grows again")]
    private partial void GoesOn();

    [LoggerMessage(3402, LogLevel.Critical, "The evidence log is damaged in the database, and nothing is signed: {Why} See what is wrong with: sandbox-server log verify")]
    private partial void Damaged(string why);
}
