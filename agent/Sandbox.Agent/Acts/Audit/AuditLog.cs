using Sandbox.Agent.Acts.Following;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Acts.Audit;

/// <summary>The lines of audit.log.</summary>
internal static class AuditLog
{
    public const string Path = "var/log/audit/audit.log";

    /// <summary>Whether it is there and could be read.</summary>
    /// <param name="root">Below which it lies.</param>
    /// <param name="unseen">What could not be read.</param>
    public static bool IsRead(RootFolder root, List<Unseen> unseen) => root.Has(Path) && !unseen.Exists(note => note.What == RootFolder.Shown(Path));

    /// <summary>Reads lines into the run.</summary>
    public static ITakesRecords Records(ActRun run) => new LineRecords((line, _) =>
    {
        if (AuditRecord.Parse(line) is not { } record) return true;
        run.Written.Add(record);
        // What was done while auditd was off stands in no log.
        if (record.Type == "DAEMON_START") run.Vouchers.AuditSince = record.At;
        return Take(record, run);
    });

    /// <summary>Takes a record into the run. False: there is no room for more.</summary>
    public static bool Take(AuditRecord record, ActRun run)
    {
        AuditSessions.Note(record, run.Sessions);
        run.Vouchers.Audit(record.At);
        return AuditActs.Of(record) is not { } act || run.Take(act);
    }
}
