using Microsoft.Playwright;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Packaging;

/// <summary>A test with a server that has packages, its page, and a machine to install on.</summary>
public abstract class PackagingTest(Chromium chromium, AgentPackages packages) : WindowTest(chromium)
{
    private protected const string First = "0.1.0";
    private protected const string Next = "0.2.0";
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(60);
    private TreeMachine? _machine;
    private IPage? _page;

    private protected TreeMachine Machine => _machine ?? throw new InvalidOperationException("There is no machine yet.");

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_machine is not null)
        {
            if (TestContext.Current.TestState?.Result == TestResult.Failed) TestContext.Current.TestOutputHelper?.WriteLine(_machine.Journal);
            await _machine.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    /// <summary>A new machine, beside a server that has a version.</summary>
    private protected async Task PrepareAsync(string version = First)
    {
        await ServeAsync(version);
        _machine = await DebianTree.MachineAsync(Ct);
    }

    /// <summary>The server has another version from now on.</summary>
    private protected Task ServeAsync(string version) => packages.ServeAsync(Lab, version);

    /// <summary>Makes a join code on the real page.</summary>
    /// <returns>What the page says is to be typed, and the code.</returns>
    private protected async Task<(string Command, string Code)> CodeAsync()
    {
        if (_page is null)
        {
            _page = await Chromium.Browser.OpenAsync();
            await LabBrowser.SetUpAsync(_page, Lab, Ct);
        }

        await _page.GotoAsync(Lab.Page + "/enrol");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Make a join code" }).ClickAsync();
        return (await TextAsync(_page, "Command that installs the agent"), await TextAsync(_page, "Join code"));
    }

    /// <summary>The machine is installed and enrolled as the page says, at a terminal; what stands after the page's command is typed behind it.</summary>
    private protected async Task<string> InstallAsync(string options = "")
    {
        var (command, code) = await CodeAsync();
        return (await Machine.TypeAsync(command + options, code, Ct)).Worked;
    }

    /// <summary>Starts the machine's service, and waits until its agent is connected.</summary>
    private protected async Task RunAsync()
    {
        Machine.StartService();
        await Patience.UntilAsync("The agent is connected", LongestConnect, () => Machine.Journal.Contains("Connected to the server", StringComparison.Ordinal), Ct);
    }

    private static Task<string> TextAsync(IPage page, string label) => page.GetByRole(AriaRole.Group, new() { Name = label, Exact = true }).InnerTextAsync();
}
