using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Antivirus;

/// <summary>Which cron tables and scripts name a program (cron(8), run-parts(8)).</summary>
internal static class CronLines
{
    private const int MostFiles = 200;
    private static readonly string[] Scripts = ["etc/cron.hourly", "etc/cron.daily", "etc/cron.weekly"];
    private static readonly string[] Tables = ["etc/cron.d", "var/spool/cron/crontabs", "var/spool/cron"];

    public static IReadOnlyList<string> Watches { get; } = ["etc/crontab", .. Scripts, .. Tables];

    /// <summary>Paths of the files, sorted. <paramref name="complete"/>: every place where cron looks could be read.</summary>
    public static List<string> Naming(RootFolder root, string program, UnseenNotes unseen, out bool complete)
    {
        var whole = true;
        var found = Files(root, fault => Missed(fault)).Take(MostFiles).Where(Names).Select(RootFolder.Shown).Order(StringComparer.Ordinal).ToList();
        complete = whole;
        return found;

        bool Names(string path)
        {
            if (root.TryRead(path, out var text, out var fault)) return Has(text, program);
            Missed(fault);
            return false;
        }

        void Missed(Protocol.Unseen fault)
        {
            whole = false;
            unseen.Add(fault);
        }
    }

    private static IEnumerable<string> Files(RootFolder root, Action<Protocol.Unseen> missed)
    {
        if (root.Has("etc/crontab")) yield return "etc/crontab";
        foreach (var folder in Tables.Concat(Scripts).Where(root.Has))
        {
            var names = root.List(folder, out var fault);
            if (fault is not null) missed(fault);
            // Cron passes over names with a dot: backups and packages' leftovers.
            foreach (var path in names.Where(name => !name.Contains('.')).Select(name => $"{folder}/{name}"))
                if (!Directory.Exists(root.Resolve(path)) && (!Scripts.Contains(folder) || IsExecutable(root.Resolve(path)))) yield return path;
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

    private static bool Has(string text, string program)
    {
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).TrimStart();
            if (!line.StartsWith('#') && line.Contains(program, StringComparison.Ordinal)) return true;
        }

        return false;
    }
}
