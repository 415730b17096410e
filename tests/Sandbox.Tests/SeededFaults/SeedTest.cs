using Microsoft.Extensions.Time.Testing;

namespace Sandbox.Tests.SeededFaults;

/// <summary>A test of the helper on a machine's files, with a clock that is turned.</summary>
public abstract class SeedTest : IDisposable
{
    private protected SeedTree Machine { get; } = new();

    private protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 27, 8, 0, 0, TimeSpan.Zero));

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The end of a window of a day.</summary>
    private protected DateTimeOffset Until => Time.GetUtcNow().AddDays(1);

    /// <inheritdoc/>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Machine.Dispose();
    }
}
