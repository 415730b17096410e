using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd;

/// <summary>One lab for all tests of a class, for those that only look.</summary>
public sealed class SharedLab : IAsyncLifetime
{
    private Lab? _lab;

    internal Lab Lab => _lab ?? throw new InvalidOperationException("The lab has not started.");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _lab = await Lab.StartAsync(TestContext.Current.CancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_lab is not null) await _lab.DisposeAsync();
    }
}
