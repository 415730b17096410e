using System.Runtime;
using Microsoft.Extensions.Hosting;

namespace Sandbox.Agent.Memory;

/// <summary>
/// Gives back the memory that only a burst needed: the first reading of everything, a heartbeat, a large fact. What the agent holds in between is what it costs a machine,
/// and neither the garbage collector nor the kernel takes anything from a process while nobody is short of memory.
/// </summary>
/// <param name="resident">Bytes that this process holds in memory now.</param>
/// <param name="letGo">Gives back what can be given.</param>
/// <param name="time">The clock.</param>
internal sealed class Slimming(Func<long> resident, Action letGo, TimeProvider time) : BackgroundService
{
    /// <summary>The first reading of everything is over by then.</summary>
    public static readonly TimeSpan Settled = TimeSpan.FromSeconds(15);

    /// <summary>How often it is asked whether it pays: soon after a burst.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>It takes some 10 ms of a core, so no more often than twice a minute.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    /// <summary>Bytes that must have come since the last time for it to pay.</summary>
    public const long Worth = 3 << 20;

    public Slimming(TimeProvider time)
        : this(() => Environment.WorkingSet, LettingGo(), time)
    {
    }

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await Task.Delay(Settled, time, ct);
        var (floor, last) = (Slimmed(), time.GetTimestamp());
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(ct))
        {
            if (time.GetElapsedTime(last) >= Rest && resident() - floor >= Worth) (floor, last) = (Slimmed(), time.GetTimestamp());
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    private long Slimmed()
    {
        letGo();
        return resident();
    }

    private static Action LettingGo()
    {
        var native = OperatingSystem.IsLinux() ? new LinuxMemory() : null;
        return () =>
        {
            GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            native?.LetGo();
        };
    }
}
