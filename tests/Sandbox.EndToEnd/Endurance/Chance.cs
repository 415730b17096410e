#pragma warning disable RS0030 // Nothing secret: a sequence that can be had again from its seed.
using System.Globalization;
using System.Security.Cryptography;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>Chance that can be had again: a test prints its seed, and SANDBOX_SEED sets it.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random _numbers = new(seed);

    /// <summary>A seed; the test's output says which.</summary>
    public static int Seed()
    {
        var seed = Set("SANDBOX_SEED") ?? RandomNumberGenerator.GetInt32(1_000_000);
        TestContext.Current.TestOutputHelper?.WriteLine($"SANDBOX_SEED={seed}");
        return seed;
    }

    /// <summary>A number that the environment sets. Null: it does not.</summary>
    public static int? Set(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var given) ? given : null;

    /// <summary>A number from <paramref name="least"/> to below <paramref name="end"/>.</summary>
    public int Number(int least, int end) => _numbers.Next(least, end);

    /// <summary>Waits that long, in milliseconds.</summary>
    public Task WaitAsync(int least, int end, CancellationToken ct) => Task.Delay(TimeSpan.FromMilliseconds(Number(least, end)), TimeProvider.System, ct);
}
