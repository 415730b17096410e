namespace Sandbox.EndToEnd.Machines;

/// <summary>A test on a machine with a kernel of its own. They share one, so that each leaves what the others need.</summary>
[Collection<OnOneMachine>, Nightly]
public abstract class MachineTest(InstalledMachine installed) : IAsyncLifetime
{
    private protected InstalledMachine Installed => installed;

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => await installed.PrepareAsync(Ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (TestContext.Current.TestState?.Result == TestResult.Failed) TestContext.Current.TestOutputHelper?.WriteLine(await installed.LogsAsync());
    }

    /// <summary>Does it there as root.</summary>
    private protected async Task<string> RootAsync(string line) => (await installed.Machine.RunAsync(line, Ct)).Worked;
}
