using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Backup;

/// <summary>/etc/rsnapshot.conf: words that tabs separate, see rsnapshot(1). What starts it stands in cron or a timer.</summary>
internal static class Rsnapshot
{
    /// <summary>Below the root folder.</summary>
    public const string Settings = "etc/rsnapshot.conf";

    private const int MostPaths = 50;

    /// <summary>One job, when the file is there and saves something.</summary>
    public static IEnumerable<BackupJob> Read(RootFolder root, UnseenNotes unseen)
    {
        if (!root.Has(Settings)) return [];
        if (!root.TryRead(Settings, out var text, out var fault))
        {
            unseen.Add(fault);
            return [];
        }
        var job = new BackupJob { Program = "rsnapshot", Path = RootFolder.Shown(Settings) };
        foreach (var line in text.Split('\n'))
        {
            switch (line.Trim().Split('\t', StringSplitOptions.RemoveEmptyEntries))
            {
                case ["backup", ['/', ..] path, ..] when job.Covers.Count < MostPaths && path.Length < 300: job.Covers.Add(path); break;
                case ["snapshot_root", var store, ..] when StoreAddress.Of(store) is { } address: job.Store = address.Shown; break;
                default: break;
            }
        }
        return job.Covers.Count > 0 ? [job] : [];
    }
}
