using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>Finds packages by name where they are sorted by it, so that thousands of them cost no dictionary.</summary>
internal static class SortedPackages
{
    /// <summary>The first package that does not sort before the name.</summary>
    public static int First(List<Package> sorted, ReadOnlySpan<char> name)
    {
        var (low, high) = (0, sorted.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle].Name.AsSpan().SequenceCompareTo(name) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
