using System.Globalization;

namespace Sandbox.Benchmarks;

/// <summary>What a benchmark measured, in the order in which it is printed.</summary>
internal sealed class Figures
{
    private readonly List<(string Figure, double Value, string Unit)> _all = [];

    /// <summary>Adds one: <c>p50_ms</c>, 41.3, <c>ms</c>.</summary>
    public Figures Add(string figure, double value, string unit)
    {
        _all.Add((figure, value, unit));
        return this;
    }

    /// <summary>The smallest value that at least a part of all values does not exceed (nearest rank).</summary>
    /// <param name="sorted">Rising values, at least one.</param>
    /// <param name="part">0 to 1; 0.99 is the 99th percentile.</param>
    public static double Percentile(IReadOnlyList<double> sorted, double part) =>
        sorted[Math.Clamp((int)Math.Ceiling(part * sorted.Count) - 1, 0, sorted.Count - 1)];

    /// <summary>Prints lines that a script can compare: <c>NAME.figure: value unit</c>.</summary>
    public void Print(string name)
    {
        foreach (var (figure, value, unit) in _all)
            Console.WriteLine($"{name}.{figure}: {value.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture)} {unit}".TrimEnd());
    }
}
