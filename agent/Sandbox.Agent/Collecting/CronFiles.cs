namespace Sandbox.Agent.Collecting;

/// <summary>A file that cron looks at.</summary>
/// <param name="Path">Below the root folder, without a leading slash.</param>
/// <param name="IsScript">run-parts(8) starts it as it is; else it is a table.</param>
/// <param name="HasUsers">A table of the system, whose lines say as whom.</param>
internal sealed record CronFile(string Path, bool IsScript, bool HasUsers);

/// <summary>Where cron looks: cron(8), run-parts(8).</summary>
internal static class CronFiles
{
    private const string Main = "etc/crontab";
    private static readonly string[] Scripts = ["etc/cron.hourly", "etc/cron.daily", "etc/cron.weekly", "etc/cron.monthly"];
    private static readonly string[] Tables = ["etc/cron.d", "var/spool/cron/crontabs", "var/spool/cron"];

    /// <summary>Files and folders to watch.</summary>
    public static IReadOnlyList<string> Watches { get; } = [Main, .. Scripts, .. Tables];

    /// <summary>Those that are there. <paramref name="missed"/> is told of folders that cannot be listed.</summary>
    public static IEnumerable<CronFile> All(RootFolder root, Action<Protocol.Unseen> missed)
    {
        if (root.Has(Main)) yield return new CronFile(Main, IsScript: false, HasUsers: true);
        foreach (var folder in Tables.Concat(Scripts).Where(root.Has))
        {
            var names = root.List(folder, out var fault);
            if (fault is not null) missed(fault);
            var scripts = Scripts.Contains(folder);
            // Cron passes over names with a dot: backups and packages' leftovers.
            foreach (var path in names.Where(name => !name.Contains('.')).Select(name => $"{folder}/{name}"))
                if (!Directory.Exists(root.Resolve(path)) && (!scripts || IsExecutable(root.Resolve(path)))) yield return new CronFile(path, scripts, HasUsers: folder == "etc/cron.d");
        }
    }

    private static bool IsExecutable(string path)
    {
        try
        {
            return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & UnixFileMode.UserExecute) != 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
