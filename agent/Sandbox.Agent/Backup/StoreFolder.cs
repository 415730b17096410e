using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Backup;

/// <summary>What a folder of backups says without being opened: which files are there, how many, and when the last came.</summary>
internal static class StoreFolder
{
    private const int MostFiles = 20_000;

    /// <summary>Fills in presence, number and size, and when a backup last ended well or something last changed.</summary>
    public static void Read(RootFolder root, BackupStore store, string path)
    {
        if (FileState.Of(root.Resolve(path)) is null && System.Runtime.InteropServices.Marshal.GetLastPInvokeError() != 2) return;
        store.Present = IsOne(root, store.Program, path);
        if (!store.Present) return;
        if (Size(root.Resolve(path)) is { } bytes) store.SizeBytes = bytes;
        switch (store.Program)
        {
            // restic writes a snapshot's file last of all (its design document, Snapshots).
            case "restic":
                var names = root.List($"{path}/snapshots", out var fault);
                if (fault is null) store.Backups = (uint)names.Count;
                if (Newest(root, names.Select(name => $"{path}/snapshots/{name}")) is { } at) (store.LastSucceeded, store.LastSucceededSource) = (at, "time of the newest file in snapshots/");
                break;
            // rsnapshot dates the newest snapshot's folder at the end, whether or not a part of it failed (touch_interval_0).
            case "rsnapshot":
                if (Newest(root, root.List(path, out _).Where(name => name.EndsWith(".0", StringComparison.Ordinal)).Select(name => $"{path}/{name}")) is { } made)
                    (store.LastChanged, store.LastChangedSource) = (made, "time of the newest snapshot's folder");
                break;
            default: break;
        }
    }

    private static bool IsOne(RootFolder root, string program, string path) => program switch
    {
        "restic" => root.Has($"{path}/config") && root.Has($"{path}/snapshots"),
        "borg" => root.Has($"{path}/config") && root.Has($"{path}/data"),
        _ => Directory.Exists(root.Resolve(path)),
    };

    private static Timestamp? Newest(RootFolder root, IEnumerable<string> paths) =>
        paths.Select(path => FileState.Of(root.Resolve(path))).OfType<FileState>().Select(state => state.Changed.Seconds).DefaultIfEmpty(-1).Max() is >= 0 and var newest ? new Timestamp { Seconds = newest } : null;

    // Null: too many files to look at each, or one may not look.
    private static ulong? Size(string path)
    {
        try
        {
            var (bytes, files) = (0UL, 0);
            var every = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };
            foreach (var file in new DirectoryInfo(path).EnumerateFiles("*", every))
            {
                if (++files > MostFiles) return null;
                bytes += (ulong)file.Length;
            }
            return bytes;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
