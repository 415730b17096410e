using Sandbox.Storage.Log;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Tests.Sequencing;

/// <summary>A real store that can be made to fail at a chosen step, before or after it was done.</summary>
internal sealed class BreakableLogStore(ILogStore store) : ILogStore
{
    /// <summary>The next call of this method fails before it does anything.</summary>
    public string? BreakBefore { get; set; }

    /// <summary>The next call of this method fails after its transaction is on the disk.</summary>
    public string? BreakAfter { get; set; }

    /// <summary>Calls that are done before one fails. Null: none fails by its number.</summary>
    public int? CallsLeft { get; set; }

    /// <summary>Whether the call that fails by its number fails after its transaction is on the disk.</summary>
    public bool FailsAfterCommit { get; set; }

    /// <summary>Happens once, before the next step of the tree.</summary>
    public Action? BeforeIntegrate { get; set; }

    /// <summary>Names of the methods that were called.</summary>
    public List<string> Calls { get; } = [];

    public Task<LogHead> HeadAsync(string origin, CancellationToken ct) => DoAsync(nameof(HeadAsync), () => store.HeadAsync(origin, ct));

    public Task<IReadOnlyList<PendingLeaf>> PendingAsync(int most, CancellationToken ct) => DoAsync(nameof(PendingAsync), () => store.PendingAsync(most, ct));

    public Task<bool> IntegrateAsync(LogGrowth growth, CancellationToken ct)
    {
        var before = BeforeIntegrate;
        BeforeIntegrate = null;
        before?.Invoke();
        return DoAsync(nameof(IntegrateAsync), () => store.IntegrateAsync(growth, ct));
    }

    public Task<bool> PublishAsync(long size, byte[] checkpoint, DateTimeOffset now, CancellationToken ct) =>
        DoAsync(nameof(PublishAsync), () => store.PublishAsync(size, checkpoint, now, ct));

    public Task HaltAsync(string reason, byte[] checkpoint, DateTimeOffset now, CancellationToken ct) => store.HaltAsync(reason, checkpoint, now, ct);

    public Task<byte[]?> TileAsync(int level, long index, CancellationToken ct) => DoAsync(nameof(TileAsync), () => store.TileAsync(level, index, ct));

    public Task<IReadOnlyList<byte[]>> LeavesAsync(long first, int count, CancellationToken ct) => store.LeavesAsync(first, count, ct);

    private async Task<T> DoAsync<T>(string name, Func<Task<T>> work)
    {
        lock (Calls) Calls.Add(name);
        if (BreakBefore == name) throw Broken(() => BreakBefore = null);
        var fails = CallsLeft-- == 0;
        if (fails && !FailsAfterCommit) throw Broken(() => CallsLeft = null);
        var done = await work();
        if (fails) throw Broken(() => CallsLeft = null);
        return BreakAfter == name ? throw Broken(() => BreakAfter = null) : done;
    }

    private static StoreUnavailableException Broken(Action mend)
    {
        mend();
        return new StoreUnavailableException("the disk was pulled out");
    }
}
