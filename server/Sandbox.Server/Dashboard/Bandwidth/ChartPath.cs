using System.Globalization;
using System.Text;

namespace Sandbox.Server.Dashboard.Bandwidth;

/// <summary>Lines and areas of a chart as SVG paths, in a box of one unit for each step and 100 units of height. What was not measured is a gap.</summary>
internal static class ChartPath
{
    /// <summary>Height of the box.</summary>
    public const int Height = 100;

    /// <summary>A line through the values.</summary>
    public static string Line(IReadOnlyList<double?> values, double top) => Draw(values, top, closed: false);

    /// <summary>The area between the values and the bottom.</summary>
    public static string Area(IReadOnlyList<double?> values, double top) => Draw(values, top, closed: true);

    private static string Draw(IReadOnlyList<double?> values, double top, bool closed)
    {
        var path = new StringBuilder();
        for (var from = 0; from < values.Count; from++)
        {
            if (values[from] is null) continue;
            var to = from;
            while (to + 1 < values.Count && values[to + 1] is not null) to++;
            // A single step is as wide as a step is, so that it is seen.
            path.Append(CultureInfo.InvariantCulture, $"M{from} {(closed ? Invariant(Height) : Y(values[from], top))}");
            if (closed) path.Append(CultureInfo.InvariantCulture, $"L{from} {Y(values[from], top)}");
            for (var i = from; i <= to; i++) path.Append(CultureInfo.InvariantCulture, $"L{i + .5} {Y(values[i], top)}");
            path.Append(CultureInfo.InvariantCulture, $"L{to + 1} {Y(values[to], top)}");
            if (closed) path.Append(CultureInfo.InvariantCulture, $"L{to + 1} {Height}Z");
            from = to;
        }
        return path.ToString();
    }

    private static string Y(double? value, double top) => Invariant(Height - (Height * Math.Min(value!.Value / top, 1)));

    private static string Invariant(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
