using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using static Sandbox.Protocol.DataPlace.Types;

namespace Sandbox.Agent.Encryption;

/// <summary>Where files and swap lie, and whether that is encrypted.</summary>
/// <param name="root">The folder that stands for <c>/</c>.</param>
/// <param name="mounts">What is mounted; null: it cannot be seen.</param>
/// <param name="fresh">Follows one place down.</param>
internal sealed class DataPlaces(RootFolder root, MountTable? mounts, Func<Beneath> fresh)
{
    private const int MostPlaces = 200;
    private const int MostSwaps = 50;
    private const string SwapTable = "proc/swaps";
    private static readonly string[] Always = ["/", "/home"];

    /// <summary>Sorted by path.</summary>
    public IEnumerable<DataPlace> Files(UnseenNotes unseen, CancellationToken ct)
    {
        if (mounts is null) yield break;
        var paths = mounts.All.Where(Keeps).Select(mount => mount.Point).Concat(Always.Where(root.Has)).Concat(OfTheirOwn()).Distinct().Order(StringComparer.Ordinal).ToList();
        if (paths.Count > MostPlaces) unseen.Add(Why.Of(MountTable.Path, $"more than {MostPlaces} places; the others are left out"));
        foreach (var path in paths.Take(MostPlaces))
        {
            ct.ThrowIfCancellationRequested();
            if (mounts.Holding(path) is { } mount) yield return Place(path, mount);
        }
    }

    /// <summary>Sorted by path.</summary>
    public IEnumerable<DataPlace> Swaps(BlockNames names, UnseenNotes unseen)
    {
        if (!root.TryRead(SwapTable, out var text, out var fault))
        {
            unseen.Add(fault);
            return [];
        }
        return text.Split('\n').Skip(1).Select(line => Swap(line, names)).OfType<DataPlace>().OrderBy(place => place.Path, StringComparer.Ordinal).Take(MostSwaps);
    }

    /// <summary>State of where a file lies.</summary>
    public State Of(string path) => fresh().File(path);

    private DataPlace Place(string path, Mount mount)
    {
        var place = new DataPlace { Path = path, Source = Mount.WithoutSecret(mount.Source), Type = mount.Type };
        Beneath.Describe(place, fresh, beneath => beneath.Mounted(mount));
        if (place.State == State.Elsewhere || FileState.Of(root.Resolve(path)) is not { IsEncrypted: true }) return place;
        place.State = State.Encrypted;
        place.By.Add(Scheme.Fscrypt);
        return place;
    }

    private static bool Keeps(Mount mount) => !mount.IsPassing && mount.Type is not ("squashfs" or "erofs" or "iso9660" or "overlay" or "nsfs")
        && (mount.Source.StartsWith("/dev/", StringComparison.Ordinal) || mount.Type is "zfs" or "ecryptfs" || mount.Type.StartsWith("fuse.", StringComparison.Ordinal))
        && mount.Type is not ("devtmpfs" or "fuse.gvfsd-fuse" or "fuse.portal");

    // Homes that the file system keeps encrypted by themselves, below one that does not.
    private IEnumerable<string> OfTheirOwn() => root.Has("/home")
        ? root.List("/home", out _).Take(MostPlaces).Select(name => $"/home/{name}").Where(path => FileState.Of(root.Resolve(path)) is { Type: FileState.Folder, IsEncrypted: true })
        : [];

    private DataPlace? Swap(string line, BlockNames names)
    {
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words is not [['/', ..] written, var type and ("file" or "partition"), ..]) return null;
        var place = new DataPlace { Path = Mount.Unescape(written), Type = type };
        Beneath.Describe(place, fresh, beneath => type == "file" ? beneath.File(place.Path)
            : names.OfPath(place.Path) is { } name ? beneath.Device(name) : beneath.Cannot("it names no device of this machine"));
        return place;
    }
}
