using Sandbox.Server.Export;

namespace Sandbox.Tests.Export;

/// <summary>How many bundles are made at the same time.</summary>
public sealed class ExportTurnsTests
{
    [Fact]
    public void Nobody_has_two_bundles_made_at_once()
    {
        var (turns, ada) = (new ExportTurns(), Guid.NewGuid());
        using var first = turns.TryTake(ada, out _);

        Assert.NotNull(first);
        Assert.Null(turns.TryTake(ada, out var busy));
        Assert.Contains("yours", busy, StringComparison.Ordinal);
    }

    [Fact]
    public void The_next_one_is_made_when_the_last_was_sent()
    {
        var (turns, ada) = (new ExportTurns(), Guid.NewGuid());
        turns.TryTake(ada, out _)!.Dispose();

        using var second = turns.TryTake(ada, out _);

        Assert.NotNull(second);
    }

    [Fact]
    public void Few_are_made_at_once_and_who_is_turned_away_takes_no_place()
    {
        var turns = new ExportTurns();
        var open = Enumerable.Range(0, ExportTurns.Most).Select(_ => turns.TryTake(Guid.NewGuid(), out var _)!).ToList();
        var late = Guid.NewGuid();

        Assert.Null(turns.TryTake(late, out var busy));
        open[0].Dispose();
        using var after = turns.TryTake(late, out _);

        Assert.Contains("for others", busy, StringComparison.Ordinal);
        Assert.NotNull(after);
        open.ForEach(turn => turn.Dispose());
    }
}
