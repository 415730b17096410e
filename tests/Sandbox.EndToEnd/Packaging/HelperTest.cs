namespace Sandbox.EndToEnd.Packaging;

/// <summary>A test of the helper for seeded faults, as its package brings it, under a real systemd with all that its unit forbids. Its machine has a network of its own, and no server.</summary>
public abstract class HelperTest(AgentPackages packages) : IAsyncDisposable
{
    private TreeMachine? _tree;
    private BootedMachine? _machine;

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected BootedMachine Machine => _machine ?? throw new InvalidOperationException("The machine has not started.");

    private protected FaultHelperClient Helper => new(Machine);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_machine is not null)
        {
            if (TestContext.Current.TestState?.Result == TestResult.Failed)
                TestContext.Current.TestOutputHelper?.WriteLine((await _machine.RunAsync("journalctl --no-pager -u sandbox-agent-faults", CancellationToken.None)).Output);
            await _machine.DisposeAsync();
        }

        if (_tree is not null) await _tree.DisposeAsync();
    }

    /// <summary>Starts the machine and installs the packages on it.</summary>
    /// <param name="prepare">What is done in it before it starts, with this machine's network. Null: nothing.</param>
    private protected async Task StartAsync(string? prepare = null)
    {
        AgentPackages.NeedHelper();
        var made = await packages.MadeAsync("0.1.0");
        _tree = await DebianTree.MachineAsync(Ct);
        foreach (var deb in Directory.GetFiles(made, "*.deb")) File.Copy(deb, _tree.At($"/root/{Path.GetFileName(deb)}"));
        Freshclam.PutOn(_tree);
        if (prepare is not null) _ = (await _tree.RunAsync(prepare, Ct)).Worked;
        _machine = await BootedMachine.BootAsync(_tree, Ct, apart: true);
        // What is done to the packet filter in there must stay in there.
        Assert.NotEqual(new FileInfo("/proc/self/ns/net").LinkTarget, (await _machine.RunAsync("readlink /proc/self/ns/net", Ct)).Worked);
        _ = (await _machine.RunAsync("apt-get install -y /root/*.deb", Ct)).Worked;
    }
}
