using System.Buffers;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Backup;

/// <summary>Lines of cron's tables and scripts that make backups: crontab(5), run-parts(8).</summary>
internal static class CronJobs
{
    private const int TimeFields = 5;
    private static readonly SearchValues<char> InTimes = SearchValues.Create("*,/-~0123456789");
    private static readonly string[] Names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    private static readonly string[] Often = ["@reboot", "@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

    /// <summary>In no order.</summary>
    public static IEnumerable<BackupJob> Read(RootFolder root, UnseenNotes unseen, CancellationToken ct)
    {
        foreach (var file in CronFiles.All(root, unseen.Add))
        {
            ct.ThrowIfCancellationRequested();
            foreach (var job in file.IsScript ? OfScript(root, file.Path, unseen) : OfTable(root, file, unseen)) yield return job;
        }
    }

    private static IEnumerable<BackupJob> OfScript(RootFolder root, string path, UnseenNotes unseen)
    {
        var commands = Scripts.InFile(root, path, out var fault);
        if (fault is not null) unseen.Add(fault);
        // etc/cron.daily
        var every = Path.GetDirectoryName(path)!.Split('.')[^1];
        foreach (var (command, line) in commands) yield return Started(JobOf.Command(command, RootFolder.Shown(path), line), every);
    }

    private static IEnumerable<BackupJob> OfTable(RootFolder root, CronFile file, UnseenNotes unseen)
    {
        if (!root.TryRead(file.Path, out var text, out var fault))
        {
            unseen.Add(fault);
            yield break;
        }
        var number = 0u;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.AsSpan().TrimStart() is [] or ['#', ..] || Parts(line, file.HasUsers) is not var (when, command)) continue;
            foreach (var found in Scripts.In(root, command).ToList())
                yield return Started(JobOf.Command(found with { Store = found.Store ?? AskedEnvironment.Repository(text) }, RootFolder.Shown(file.Path), number), when);
        }
    }

    // Minute, hour, day, month, weekday, or @daily; then in system tables the user; then the command.
    private static (string When, string Command)? Parts(string line, bool hasUsers)
    {
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var time = words is [['@', ..], ..] ? 1 : TimeFields;
        // A line that lacks a field is none of cron's, and what stands there instead may be a password.
        if (words.Length <= time + (hasUsers ? 1 : 0) || !words.Take(time).All(time == 1 ? Often.Contains : IsTime)) return null;
        return (string.Join(' ', words.Take(time)), string.Join(' ', words.Skip(time + (hasUsers ? 1 : 0))));
    }

    // mon-fri, 1-5, */2
    private static bool IsTime(string field) => field.Split(',', '-', '/', '~').All(
        part => Names.Contains(part, StringComparer.OrdinalIgnoreCase) || !part.AsSpan().ContainsAnyExcept(InTimes));

    private static BackupJob Started(BackupJob job, string schedule)
    {
        job.Enabled = true;
        if (schedule.Length < 100) job.Schedule = schedule;
        return job;
    }
}
