using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Storage;

/// <summary>What should be mounted: fstab(5).</summary>
internal static class Fstab
{
    /// <summary>Below the root folder.</summary>
    public const string Path = "etc/fstab";

    private const int Most = 300;

    /// <summary>Its entries, and whether each is mounted.</summary>
    public static List<FstabEntry> Read(RootFolder root, MountTable? mounts, UnseenNotes unseen)
    {
        var entries = new List<FstabEntry>();
        if (!root.TryRead(Path, out var text, out var fault))
        {
            unseen.Add(fault);
            return entries;
        }
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.AsSpan().Trim() is [] or ['#', ..]) continue;
            if (Parse(line, mounts) is not { } entry) unseen.Add(Why.Of(Path, $"line {number} is no entry", "Check it: findmnt --verify"));
            else if (entries.Count < Most) entries.Add(entry);
            else return entries;
        }
        return entries;
    }

    private static FstabEntry? Parse(string line, MountTable? mounts)
    {
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 3) return null;
        var entry = new FstabEntry { Source = Mount.WithoutSecret(Mount.Unescape(words[0])), MountPoint = Mount.Unescape(words[1]), Type = words[2] };
        if (words.Length > 3) entry.Options.AddRange(MountOptions.Of(words[3].Split(','), table: true));
        if (mounts is not null && entry.MountPoint.StartsWith('/')) entry.Mounted = mounts.Has(Plain(entry.MountPoint));
        return entry;
    }

    private static string Plain(string point) => point.Length > 1 ? point.TrimEnd('/') : point;
}
