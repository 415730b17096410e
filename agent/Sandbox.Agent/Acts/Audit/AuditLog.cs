using Sandbox.Agent.Acts.Following;

namespace Sandbox.Agent.Acts.Audit;

/// <summary>The lines of audit.log.</summary>
internal static class AuditLog
{
    public const string Path = "var/log/audit/audit.log";

    /// <summary>Reads lines into the run.</summary>
    public static ITakesRecords Records(ActRun run) => new LineRecords((line, _) =>
    {
        if (AuditRecord.Parse(line) is not { } record) return true;
        AuditSessions.Note(record, run.Sessions);
        run.Vouchers.Audit(record.At);
        return AuditActs.Of(record) is not { } act || run.Take(act);
    });
}
