using System.Diagnostics;

namespace Sandbox.EndToEnd.Harness;

/// <summary>Waiting for what other processes do.</summary>
internal static class Patience
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks again and again until the answer is yes.</summary>
    /// <param name="what">What is waited for: the words of the failure.</param>
    /// <param name="within">Longest wait.</param>
    /// <param name="holds">The question.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="TimeoutException">It never held.</exception>
    public static async Task UntilAsync(string what, TimeSpan within, Func<ValueTask<bool>> holds, CancellationToken ct)
    {
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            if (waited.Elapsed > within) throw new TimeoutException($"{what}: not within {within.TotalSeconds:0} s.");
            await Task.Delay(Pause, TimeProvider.System, ct);
        }
    }

    /// <inheritdoc cref="UntilAsync(string, TimeSpan, Func{ValueTask{bool}}, CancellationToken)"/>
    public static Task UntilAsync(string what, TimeSpan within, Func<bool> holds, CancellationToken ct) =>
        UntilAsync(what, within, () => ValueTask.FromResult(holds()), ct);
}
