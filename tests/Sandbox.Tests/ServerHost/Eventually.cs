namespace Sandbox.Tests.ServerHost;

/// <summary>Waits for what happens behind the back of a call.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static async Task<T> NotNullAsync<T>(Func<Task<T?>> look)
        where T : class
    {
        T? found = null;
        await TrueAsync(async () => (found = await look()) is not null);
        return found!;
    }

    public static async Task TrueAsync(Func<Task<bool>> look)
    {
        var ct = TestContext.Current.CancellationToken;
        var start = TimeProvider.System.GetTimestamp();
        while (!await look())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Longest, $"It has not happened within {Longest.TotalSeconds} s.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, ct);
        }
    }
}
