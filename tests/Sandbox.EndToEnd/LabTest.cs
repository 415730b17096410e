using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd;

/// <summary>A test with a lab of its own; when it fails, what the lab's processes said is part of its output.</summary>
public abstract class LabTest : IAsyncLifetime
{
    private Lab? _lab;

    private protected Lab Lab => _lab ?? throw new InvalidOperationException("The lab has not started.");

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _lab = await Lab.StartOnAsync(await StoreAsync(), Ct);

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_lab is null) return;
        if (TestContext.Current.TestState?.Result == TestResult.Failed) TestContext.Current.TestOutputHelper?.WriteLine(_lab.Logs);
        await _lab.DisposeAsync();
    }

    /// <summary>What <c>--store</c> is to name. Null: nothing, so it is SQLite.</summary>
    private protected virtual Task<string?> StoreAsync() => Task.FromResult<string?>(null);
}
