using Microsoft.Extensions.Logging.Abstractions;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Tests.Collecting;

/// <summary>A loop over real files, stopped at disposal.</summary>
internal sealed class RunningLoop : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public RunningLoop(string root, TimeProvider? time, params ICollector[] collectors)
        : this(root, time, TimeSpan.FromSeconds(10), collectors)
    {
    }

    public RunningLoop(string root, TimeProvider? time, TimeSpan budget, params ICollector[] collectors)
    {
        Books = new CollectorBooks(collectors);
        var health = new LinuxAgentHealth(Books, null, time ?? TimeProvider.System);
        var set = new CollectorSet(root, collectors, Books, health.Sample) { Budget = budget };
        Loop = new CollectorLoop(set, Sink, Refresh, time ?? TimeProvider.System, NullLoggerFactory.Instance);
        _running = Loop.RunAsync(_stop.Token);
    }

    public CollectorLoop Loop { get; }

    public CollectorBooks Books { get; }

    public KeptBatches Sink { get; } = new();

    public RefreshRequests Refresh { get; } = new();

    public CollectorHealth Health(string name) => Books.Read().Single(health => health.Name == name);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }
}
