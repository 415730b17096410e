using Microsoft.Extensions.Logging;
using Sandbox.Protocol;
using static Sandbox.Protocol.CollectorHealth.Types;

namespace Sandbox.Agent.Collecting;

/// <summary>Runs a collector on a pool thread, within a time budget; whatever it does, the answer is a <see cref="CollectorRun"/>.</summary>
internal sealed partial class CollectorRunner(TimeProvider time, ILogger<CollectorRunner> logger)
{
    // A collector that heeds its token ends by itself within this time after the budget.
    private static readonly TimeSpan Notice = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest run: 10 s unless set.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Throws only when <paramref name="ct"/> is cancelled.</summary>
    public async Task<CollectorRun> RunAsync(ICollector collector, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        using var budget = new CancellationTokenSource(Budget, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, ct);
        var work = Task.Run(() => collector.CollectAsync(either.Token).AsTask(), ct);
        try
        {
            var facts = await work.WaitAsync(Budget + Notice, time, ct);
            return Saw(facts, time.GetElapsedTime(began));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception fault) when (budget.IsCancellationRequested && fault is OperationCanceledException or TimeoutException)
        {
            OverBudget(collector.Name, Budget.TotalSeconds);
            var message = $"stopped after its budget of {Budget.TotalSeconds:0.###} s; what was reported before stands";
            return Ended(State.OverBudget, message, began) with { Left = work.IsCompleted ? null : work };
        }
        // The one catch-all of the agent: a collector reads files that anybody may have filled with anything, and none of its bugs
        // may keep the others from reporting.
        catch (Exception fault)
        {
            Failed(fault, collector.Name);
            return Ended(State.Failed, $"{fault.GetType().Name}: {fault.Message}", began);
        }
    }

    private CollectorRun Saw(IReadOnlyList<Fact> facts, TimeSpan took)
    {
        var unseen = 0;
        foreach (var fact in facts) unseen += FactContent.Unseen(fact).Count;
        var message = unseen switch { 0 => null, 1 => "1 thing could not be seen", _ => $"{unseen} things could not be seen" };
        return new CollectorRun(unseen == 0 ? State.Ok : State.Partial, message, time.GetUtcNow(), took, facts);
    }

    private CollectorRun Ended(State state, string message, long began) =>
        new(state, message, time.GetUtcNow(), time.GetElapsedTime(began), []);

    [LoggerMessage(1100, LogLevel.Error, "Collector {Collector} failed; what it reported before stands")]
    private partial void Failed(Exception fault, string collector);

    [LoggerMessage(1101, LogLevel.Warning, "Collector {Collector} took longer than {Seconds} s and was stopped")]
    private partial void OverBudget(string collector, double seconds);
}
