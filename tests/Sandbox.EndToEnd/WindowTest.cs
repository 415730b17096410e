namespace Sandbox.EndToEnd;

/// <summary>A test with a lab of its own and windows in the browser, which close with it.</summary>
public abstract class WindowTest(Chromium chromium) : LabTest
{
    private protected Chromium Chromium => chromium;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await chromium.Browser.CloseWindowsAsync();
        await base.DisposeAsync();
    }
}
