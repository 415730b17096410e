using Sandbox.Agent.Acts.Apt;
using Sandbox.Agent.Acts.Audit;
using Sandbox.Agent.Acts.Cups;
using Sandbox.Agent.Acts.Following;
using Sandbox.Agent.Acts.Journal;
using Sandbox.Agent.Acts.Sudo;
using Sandbox.Agent.Acts.Syslog;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Acts;

/// <summary>Reads all sources of one run from where the last one ended.</summary>
/// <param name="root">Below which they lie.</param>
/// <param name="run">Gets what they tell.</param>
/// <param name="glance">Nothing is remembered: show what is at the end of each.</param>
/// <param name="now">The device's clock.</param>
internal sealed class ActSources(RootFolder root, ActRun run, bool glance, DateTimeOffset now)
{
    // Ten sources at most, and a report has room for 400 acts.
    private const int MostOfOne = 40;
    private const int MostAtAGlance = 10_000;

    // auditd writes at once, or every second or so (flush = INCREMENTAL_ASYNC).
    private static readonly TimeSpan LateLog = TimeSpan.FromSeconds(10);
    private static readonly Unseen NotWritten = Why.Of(AuditLog.Path, "there, but records of Linux audit are not written to it: they are heard from the kernel", "sudo systemctl restart auditd");

    // Larger journals are not read from the beginning for a glance.
    private const long SmallJournal = 16 << 20;

    /// <summary>There is more than this run had room for.</summary>
    public bool HasMore { get; private set; }

    /// <summary>What could not be read.</summary>
    public List<Unseen> Unseen { get; } = [];

    /// <summary>Number behind the last record that was taken of those that the kernel told.</summary>
    public long HeardUntil { get; private set; }

    /// <summary>The logs that are followed: their paths, and what cuts them.</summary>
    public static IEnumerable<(string Path, Func<ActRun, ITakesRecords> Records)> Logs(RootFolder root)
    {
        // apt first: whether it runs decides about what others tell.
        yield return (AptHistory.Path, run => new AptHistory(run));
        yield return (AuditLog.Path, AuditLog.Records);
        foreach (var path in SyslogFiles.Paths)
        {
            var main = path is "var/log/syslog" or "var/log/messages";
            if (!main || root.Has("usr/sbin/NetworkManager")) yield return (path, run => SyslogFiles.Records(run, main));
        }
        foreach (var path in SudoJsonLog.Paths) yield return (path, run => new SudoJsonLog(run));
        yield return (CupsAccess.Path, CupsAccess.Records);
    }

    /// <summary>Reads them.</summary>
    public void Read(ActState state, HeardRecords heard, CancellationToken ct)
    {
        var isBehind = false;
        foreach (var (path, records) in Logs(root))
        {
            var hasMore = ReadLog(state, path, records(run), ct);
            if (path == AuditLog.Path) isBehind = hasMore;
        }
        TakeHeard(heard, isBehind);
        ReadJournal(state, ct);
    }

    private bool ReadLog(ActState state, string path, ITakesRecords records, CancellationToken ct)
    {
        var log = new FollowedLog(root, path, records, NextSource());
        // What was done before this agent was there earns nothing, so a log that is there at the first start is begun at its end.
        var place = state.Logs.TryGetValue(path, out var known) ? known : log.Begin(glance);
        state.Logs[path] = log.Read(place, ct);
        Note(log.HasMore, log.Unseen);
        return log.HasMore;
    }

    // What auditd writes down outlives the agent, so that counts first. What it did not write, because it was off or left its log behind, is told by the kernel alone.
    private void TakeHeard(HeardRecords heard, bool isBehind)
    {
        (HeardUntil, var lines) = heard.Waiting();
        var end = HeardUntil + lines.Count;
        NextSource();
        var isRead = AuditLog.IsRead(root, Unseen);
        var written = isRead ? FileState.Of(root.Resolve(AuditLog.Path))?.ChangedAt : null;
        foreach (var line in lines)
        {
            if (AuditRecord.Parse(line) is { } record && !run.Written.Has(record))
            {
                if (isRead && (isBehind || (now - record.At).Duration() < LateLog)) return;
                if (written < record.At && !Unseen.Contains(NotWritten)) Unseen.Add(NotWritten);
                run.Vouchers.AuditSince = heard.Since ?? record.At;
                if (!AuditLog.Take(record, run))
                {
                    HasMore |= ++HeardUntil < end;
                    return;
                }
            }
            HeardUntil++;
        }
    }

    private void ReadJournal(ActState state, CancellationToken ct)
    {
        var journal = new FollowedJournal(root, run);
        var isFirst = state.Journals is null;
        var places = state.Journals ??= [];
        foreach (var path in journal.Files())
        {
            NextSource();
            // A file that comes later is new as a whole: a user's, made at the first line that is hers.
            var place = places.TryGetValue(path, out var known) ? known : isFirst && !IsGlanceable(path) ? journal.End(path) : JournalPlace.Absent;
            places[path] = journal.Read(path, place, ct);
        }
        Note(journal.HasMore, journal.Unseen);
    }

    private bool IsGlanceable(string path) => glance && FileState.Of(root.Resolve(path)) is { Size: < SmallJournal };

    private Quota NextSource() => run.Quota = new Quota(glance ? MostAtAGlance : MostOfOne);

    private void Note(bool more, Unseen? unseen)
    {
        HasMore |= more;
        if (unseen is not null) Unseen.Add(unseen);
    }
}
