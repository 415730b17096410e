using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd;

/// <summary>The one real browser of all tests; each test opens a context of its own in it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private LabBrowser? _browser;

    internal LabBrowser Browser => _browser ?? throw new InvalidOperationException("The browser has not started.");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _browser = await LabBrowser.StartAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
    }
}
