using Microsoft.Playwright;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd;

/// <summary>A test with a lab of its own and windows in the browser, which close with it.</summary>
public abstract class WindowTest(Chromium chromium) : LabTest
{
    private protected Chromium Chromium => chromium;

    /// <summary>Somebody new, in a window of their own.</summary>
    private protected async Task<IPage> JoinAsync(string person, string role)
    {
        var page = await Chromium.Browser.OpenAsync();
        await LabBrowser.JoinAsync(page, Lab, await Lab.AnswerAsync(Ct, "people", "add", person, "--role", role), person);
        return page;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await chromium.Browser.CloseWindowsAsync();
        await base.DisposeAsync();
    }
}
