using System.Data.Common;

namespace Sandbox.Server.Faults;

/// <summary>Looks every few seconds whether a device that is connected here is to be told something, and whether one is over of which nothing is heard. Each server tells its own.</summary>
internal sealed partial class FaultClock(FaultDesk desk, TimeProvider time, ILogger<FaultClock> logger) : BackgroundService
{
    /// <summary>How often.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // Not on the timer's own thread: a clock that leaps ticks a thousand times, and one look is enough for all of them.
            await Task.Yield();
            await SendSafelyAsync(stoppingToken);
        }
    }

    private async Task SendSafelyAsync(CancellationToken ct)
    {
        try
        {
            await desk.LookAsync(ct);
        }
        catch (Exception fault) when (fault is DbException or InvalidOperationException { InnerException: DbException })
        {
            NotLooked(fault);
        }
    }

    [LoggerMessage(3641, LogLevel.Warning, "Seeded faults could not be looked at, which is tried again within seconds")]
    private partial void NotLooked(Exception fault);
}
