using System.Globalization;

namespace Sandbox.Server.Dashboard.Bandwidth;

/// <summary>Rates in words, and the ends of their scales. <c>traffic.js</c> does the same for what it draws.</summary>
internal static class RateText
{
    private static readonly string[] Units = ["b/s", "kb/s", "Mb/s", "Gb/s", "Tb/s"];

    /// <summary>A rate in decimal units, as links are rated.</summary>
    public static string Of(double bits)
    {
        var unit = 0;
        for (; bits >= 999.5 && unit < Units.Length - 1; unit++) bits /= 1000;
        return bits.ToString(bits < 10 && unit > 0 ? "0.#" : "0", CultureInfo.InvariantCulture) + " " + Units[unit];
    }

    /// <summary>The next round number of bits per second above: 1, 2 or 5 with zeroes, 1 kb/s at least.</summary>
    public static double Ceiling(double bits)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(bits, 1000))));
        foreach (var step in (ReadOnlySpan<int>)[1, 2, 5]) if (bits <= step * power) return step * power;
        return 10 * power;
    }
}
