using System.Globalization;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Storage;

/// <summary>/proc/swaps: path, type, size in KiB, used, priority.</summary>
internal static class Swaps
{
    private const int Most = 100;

    /// <summary>Its areas, sorted by path.</summary>
    public static IEnumerable<SwapArea> Parse(string text) => text.Split('\n').Skip(1).Select(Area).OfType<SwapArea>().OrderBy(area => area.Path, StringComparer.Ordinal).Take(Most);

    private static SwapArea? Area(string line)
    {
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words is not [var path, var type and ("file" or "partition"), var size, ..] || path[0] != '/') return null;
        var area = new SwapArea { Path = Mount.Unescape(path), Type = type };
        if (ulong.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var kibibytes) && kibibytes < 1UL << 50) area.SizeBytes = kibibytes * 1024;
        return area;
    }
}
