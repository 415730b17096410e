using System.IO.Enumeration;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>
/// When dpkg unpacked each package: the time of its list of files. One pass over the folder, and a search in the sorted packages for each
/// list, so that thousands of packages cost no path and no dictionary.
/// </summary>
internal static class DpkgInstallTimes
{
    public const string Folder = "var/lib/dpkg/info";
    private const string Ending = ".list";
    private const int MostEntries = 200_000;

    /// <summary>Sets them in packages that are sorted by name, then architecture.</summary>
    public static void AddTo(List<Package> sorted, RootFolder root, ICollection<Unseen> unseen)
    {
        if (sorted.Count == 0) return;
        try
        {
            var lists = new FileSystemEnumerable<bool>(root.Resolve(Folder), (ref entry) => Note(ref entry, sorted))
            {
                ShouldIncludePredicate = (ref entry) => entry.FileName.EndsWith(Ending, StringComparison.Ordinal),
            };
            _ = lists.Take(MostEntries).Count();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            unseen.Add(Why.Of(Folder, fault));
        }
    }

    private static bool Note(ref FileSystemEntry entry, List<Package> sorted)
    {
        var name = entry.FileName[..^Ending.Length];
        var colon = name.IndexOf(':');
        var architecture = colon < 0 ? default : name[(colon + 1)..];
        if (colon >= 0) name = name[..colon];
        Timestamp? at = null;
        for (var i = SortedPackages.First(sorted, name); i < sorted.Count && name.SequenceEqual(sorted[i].Name); i++)
        {
            if (colon >= 0 && !architecture.SequenceEqual(sorted[i].Architecture)) continue;
            sorted[i].InstalledAt = at ??= new Timestamp { Seconds = entry.LastWriteTimeUtc.ToUnixTimeSeconds() };
        }
        return true;
    }
}
