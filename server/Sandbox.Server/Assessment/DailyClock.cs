using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sandbox.Server.Live;

namespace Sandbox.Server.Assessment;

/// <summary>Has each day summed up once it has ended, by UTC.</summary>
internal sealed partial class DailyClock(DailyBook book, LogBell bell, TimeProvider time, ILogger<DailyClock> logger) : BackgroundService
{
    /// <summary>How often it looks whether a day has ended.</summary>
    internal static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private DateOnly _said;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // Not on the timer's own thread: a clock that leaps ticks a thousand times.
            await Task.Yield();
            await SaySafelyAsync(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-1), stoppingToken);
        }
    }

    private async Task SaySafelyAsync(DateOnly day, CancellationToken ct)
    {
        if (day <= _said) return;
        try
        {
            if (await book.SayAsync(day, ct) is > 0 and var devices)
            {
                Said(devices, day);
                bell.Ring();
            }
            _said = day;
        }
        catch (Exception fault) when (fault is DbException or DbUpdateException or InvalidOperationException { InnerException: DbException })
        {
            NotSaid(fault, day);
        }
    }

    [LoggerMessage(3310, LogLevel.Information, "Said of {Devices} devices in the evidence log how they stood at the end of {Day:yyyy-MM-dd}")]
    private partial void Said(int devices, DateOnly day);

    [LoggerMessage(3311, LogLevel.Warning, "How devices stood at the end of {Day:yyyy-MM-dd} could not be said, which is tried again within a minute")]
    private partial void NotSaid(Exception fault, DateOnly day);
}
