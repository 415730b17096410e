using Sandbox.Server.Ingest;

namespace Sandbox.Tests.Ingest;

public sealed class ByteBudgetTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_does_not_fit_waits_until_room_comes_back()
    {
        var budget = new ByteBudget(10);
        await budget.TakeAsync(8, Ct);
        var waiting = budget.TakeAsync(3, Ct).AsTask();

        var before = waiting.IsCompleted;
        budget.Return(8);
        await waiting;

        Assert.False(before);
    }

    [Fact]
    public async Task A_small_one_does_not_overtake_a_large_one()
    {
        var budget = new ByteBudget(10);
        await budget.TakeAsync(8, Ct);
        _ = budget.TakeAsync(9, Ct).AsTask();

        var small = budget.TakeAsync(1, Ct).AsTask();

        Assert.False(small.IsCompleted);
    }

    [Fact]
    public async Task What_is_larger_than_the_limit_passes_alone()
    {
        var budget = new ByteBudget(10);

        await budget.TakeAsync(50, Ct);

        Assert.False(budget.TakeAsync(1, Ct).AsTask().IsCompleted);
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_nothing()
    {
        var budget = new ByteBudget(10);
        await budget.TakeAsync(8, Ct);
        using var patience = new CancellationTokenSource();
        var gone = budget.TakeAsync(5, patience.Token).AsTask();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);

        budget.Return(8);

        Assert.True(budget.TakeAsync(10, Ct).AsTask().IsCompleted);
    }

    [Fact]
    public async Task Empty_is_when_everything_has_come_back()
    {
        var budget = new ByteBudget(10);
        await budget.TakeAsync(4, Ct);
        var empty = budget.EmptyAsync(Ct).AsTask();

        var before = empty.IsCompleted;
        budget.Return(4);
        await empty;

        Assert.False(before);
    }
}
