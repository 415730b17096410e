using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Backup;

/// <summary>Programs whose work is to make backups.</summary>
internal static class BackupPrograms
{
    private const string DejaDup = "deja-dup";
    private static readonly string[] Folders = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/opt/bin"];

    private static readonly string[] Names =
        ["backupninja", "borg", "borgmatic", "burp", DejaDup, "duplicity", "kopia", "rdiff-backup", "restic", "rsnapshot", "snapper", "timeshift", "urbackupclientctl", "vorta"];

    /// <summary>Sorted.</summary>
    public static IEnumerable<string> Installed(RootFolder root) => Names.Where(name => IsThere(root, name));

    /// <summary>What is there and not read. Null: nothing.</summary>
    public static Unseen? Unread(RootFolder root) => IsThere(root, DejaDup)
        ? Why.Of("/usr/bin/deja-dup", "what each person set lies in a database of dconf, which is not read", "Ask it as that person: gsettings list-recursively org.gnome.DejaDup")
        : null;

    private static bool IsThere(RootFolder root, string name) => Array.Exists(Folders, folder => root.Has($"{folder}/{name}"));
}
