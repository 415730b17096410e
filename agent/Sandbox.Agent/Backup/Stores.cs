using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using static Sandbox.Protocol.BackupStore.Types;

namespace Sandbox.Agent.Backup;

/// <summary>Where backups lie: what jobs name, what programs remember in people's homes, and Timeshift's folders.</summary>
internal sealed class Stores(RootFolder root, MountTable? mounts, UnseenNotes unseen, CancellationToken ct)
{
    private const int Most = 100;
    private const int MostSources = 20;
    private readonly SortedDictionary<(string Location, string Program), BackupStore> _stores = [];
    private readonly Dictionary<BackupStore, HashSet<string>> _covers = new(ReferenceEqualityComparer.Instance);
    private readonly StoreDisks _disks = new(root, mounts);
    private readonly string[] _own = [.. new[] { HostName.Full(root), HostName.Short(root) }.OfType<string>()];

    /// <summary>The store that a job names.</summary>
    public void Add(BackupJob job)
    {
        if (job is { HasStore: true } && StoreAddress.Of(job.Store) is { } address) Covered(Known(job.Program, address, job.Path), job.Covers);
    }

    /// <summary>What borg, duplicity and restic remember in a home.</summary>
    public void AddOf(string home)
    {
        ct.ThrowIfCancellationRequested();
        foreach (var one in Remembered.Borg(root, home))
        {
            if (StoreAddress.Of(one.Location) is not { } address) continue;
            var store = Known("borg", address, one.Folder);
            if (one.ManifestAt is { } at) Changed(store, at, $"{one.Folder}/manifest-timestamp: when an archive was last made or deleted");
        }
        foreach (var folder in Remembered.Folders(root, $"{home}/.cache/restic").Where(folder => Path.GetFileName(folder).Length == 64)) Unnamed("restic", folder);
        foreach (var folder in Remembered.Folders(root, $"{home}/.cache/duplicity"))
            if (Remembered.Duplicity(root, folder) is { } at) Ended(Unnamed("duplicity", folder), at, "name of the newest manifest, which is written when a backup ends");
    }

    /// <summary>Timeshift keeps its snapshots at the top of a file system.</summary>
    public void AddTimeshift()
    {
        foreach (var point in (mounts?.All ?? []).Where(mount => !mount.IsPassing).Select(mount => mount.Point).Append("/").Distinct().Order(StringComparer.Ordinal))
        {
            var folder = $"{point.TrimEnd('/')}/timeshift/snapshots";
            if (!root.Has(folder)) continue;
            var store = Known("timeshift", new StoreAddress(folder, folder, null), folder);
            Covered(store, ["/"]);
            var snapshots = Timeshift.Snapshots(root, folder, unseen);
            store.Backups = (uint)snapshots.Count;
            store.Snapshots.AddRange(Timeshift.Newest(snapshots));
            if (snapshots.Count > 0) Ended(store, snapshots[0].Created, "info.json of the newest snapshot");
        }
    }

    /// <summary>Sorted by location and program, each with what can be seen of it.</summary>
    public IEnumerable<BackupStore> Sorted()
    {
        if (_stores.Count > Most) unseen.Add(Why.Of("/", $"more than {Most} places of backups; the others are left out"));
        foreach (var store in _stores.Values.Take(Most))
        {
            ct.ThrowIfCancellationRequested();
            if (store.HasLocation && StoreAddress.Of(store.Location) is { } address) Look(store, address);
            yield return store;
        }
    }

    private void Look(BackupStore store, StoreAddress address)
    {
        if (address.Path is not { } path)
        {
            if (!address.IsElsewhere(_own)) return;
            (store.Place, store.OtherDevice) = (Place.Elsewhere, true);
            return;
        }
        var disks = _disks.Of(path, out var elsewhere);
        store.Place = elsewhere ? Place.Elsewhere : Place.Here;
        if (elsewhere)
        {
            // Looking into it would wait for ever where that machine is away.
            store.OtherDevice = true;
            return;
        }
        StoreFolder.Read(root, store, path);
        // A disk that is not plugged in leaves an empty folder on another one.
        if (disks is null || store is not { HasPresent: true, Present: true }) return;
        store.Disks.AddRange(disks);
        var covers = _covers.GetValueOrDefault(store, []);
        if (_disks.Apart(disks, covers.Count > 0 ? covers : ["/"]) is { } apart) store.OtherDevice = apart;
    }

    private BackupStore Known(string program, StoreAddress address, string source)
    {
        var location = address.Path ?? address.Shown;
        if (!_stores.TryGetValue((location, program), out var store)) _stores[(location, program)] = store = new BackupStore { Program = program, Location = location };
        if (!store.KnownFrom.Contains(source) && store.KnownFrom.Count < MostSources) store.KnownFrom.Add(source);
        return store;
    }

    private BackupStore Unnamed(string program, string folder) => _stores[("", $"{program} {folder}")] = new BackupStore { Program = program, KnownFrom = { folder } };

    private void Covered(BackupStore store, IEnumerable<string> paths)
    {
        if (!_covers.TryGetValue(store, out var covers)) _covers[store] = covers = new HashSet<string>(StringComparer.Ordinal);
        covers.UnionWith(paths);
    }

    private static void Ended(BackupStore store, Timestamp at, string source) => (store.LastSucceeded, store.LastSucceededSource) = (at, source);

    // Two people may use one repository, and each has a note of it.
    private static void Changed(BackupStore store, Timestamp at, string source)
    {
        if (store.LastChanged is not { } known || known.Seconds < at.Seconds) (store.LastChanged, store.LastChangedSource) = (at, source);
    }
}
