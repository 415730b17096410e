using System.Text.RegularExpressions;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Shares;

/// <summary>Folders that other machines keep: mounted, in fstab(5), or both.</summary>
internal static partial class RemoteMounts
{
    /// <summary>Below the root folder.</summary>
    public const string Fstab = "etc/fstab";

    private const int Most = 200;
    private const int LongestPoint = 1000;
    private static readonly HashSet<string> Telling = ["ro", "seal", "sign", "guest", "multiuser", "nosuid", "nodev", "noexec", "noauto", "nofail"];

    /// <summary>Sorted by mount point.</summary>
    public static IReadOnlyList<RemoteMount> Read(RootFolder root, MountTable? mounts, UnseenNotes unseen)
    {
        var found = new SortedDictionary<string, RemoteMount>(StringComparer.Ordinal);
        var table = Table(root, unseen);
        foreach (var mount in mounts?.All.Where(mount => mount.IsOfAnotherMachine) ?? [])
        {
            var one = Described(mount.Source, mount.Point, mount.Type, mount.Options);
            one.Mounted = true;
            if (table is not null) one.InFstab = false;
            found[mount.Point] = one;
        }
        foreach (var written in table ?? [])
        {
            if (found.TryGetValue(written.MountPoint, out var known)) known.InFstab = true;
            else
            {
                written.InFstab = true;
                if (mounts is not null) written.Mounted = false;
                found[written.MountPoint] = written;
            }
        }
        if (found.Count > Most) unseen.Add(Why.Of(MountTable.Path, $"more than {Most} folders of other machines; the others are left out"));
        return [.. found.Values.Take(Most)];
    }

    // Null: it cannot be read; a machine without the file has no line in it. Lines that make no sense are the matter of the collector of storage.
    private static List<RemoteMount>? Table(RootFolder root, UnseenNotes unseen)
    {
        if (!root.TryRead(Fstab, out var text, out var fault))
        {
            if (Why.IsAbsent(fault)) return [];
            unseen.Add(fault);
            return null;
        }
        var found = new List<RemoteMount>();
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 3 || words[0].StartsWith('#') || words[1].Length > LongestPoint) continue;
            var (point, type) = (Mount.Unescape(words[1]), words[2] is "fuse" && words[0].StartsWith("sshfs#", StringComparison.Ordinal) ? "fuse.sshfs" : words[2] is "sshfs" ? "fuse.sshfs" : words[2]);
            if (new Mount(point, words[0], type, [], "").IsOfAnotherMachine) found.Add(Described(Mount.Unescape(words[0]), point.Length > 1 ? point.TrimEnd('/') : point, type, words.Length > 3 ? words[3].Split(',') : []));
        }
        return found;
    }

    private static RemoteMount Described(string source, string point, string type, IEnumerable<string> options) => new()
    {
        Source = RemoteSource.Shown(source, type), MountPoint = point, Type = type,
        Options = { options.Where(option => Telling.Contains(option) || Named().IsMatch(option)).Distinct().Order(StringComparer.Ordinal) },
    };

    [GeneratedRegex(@"^(vers|sec)=[a-z0-9.:_-]{1,20}\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Named();
}
