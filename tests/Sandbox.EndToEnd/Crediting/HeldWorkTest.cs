using Sandbox.EndToEnd.Harness;
using Sandbox.Ledger;
using Sandbox.Protocol;

namespace Sandbox.EndToEnd.Crediting;

/// <summary>A test in the lab where an apprentice's work on a real machine held; when it fails, what the lab's processes said is part of its output.</summary>
[Collection(nameof(HeldWorkLab))]
public abstract class HeldWorkTest(HeldWork work) : IAsyncLifetime
{
    private protected HeldWork Work => work;

    private protected Lab Lab => work.Lab;

    /// <inheritdoc/>
    public ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OtherClock.Exists, "the package faketime is not there");
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (TestContext.Current.TestState?.Result == TestResult.Failed) TestContext.Current.TestOutputHelper?.WriteLine(Lab.Logs);
        return ValueTask.CompletedTask;
    }

    /// <summary>What the log's entries of a kind say, the oldest first.</summary>
    private protected IReadOnlyList<LogBody> Bodies(EntryKind kind) =>
        [.. Lab.AllBytes($"select \"Body\" from \"LogEntries\" where \"Kind\" = {(int)kind} order by \"Id\"").Select(LogBody.Parser.ParseFrom)];
}
