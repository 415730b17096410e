using Sandbox.Agent.Acts.Correlating;

namespace Sandbox.Agent.Acts.Audit;

/// <summary>What audit tells of sessions: which of them are cron's, and in which somebody took another login uid.</summary>
internal static class AuditSessions
{
    /// <summary>
    /// A process that had a login uid gave itself another one. The kernel lets root do that unless <c>auditctl --loginuid-immutable</c> was said, so what
    /// the session does from then on is nobody's.
    /// </summary>
    public static bool IsTakeOver(AuditRecord record) =>
        record.Type == "LOGIN"
        && record.Kernel.Number("old-auid") is { } before and not AuditRecord.Unset
        && record.Kernel.Number("auid") != before;

    /// <summary>Notes what the record says of its session.</summary>
    public static void Note(AuditRecord record, SessionBook sessions)
    {
        if (record.Kernel.Number("ses") is not { } session || session == AuditRecord.Unset) return;
        if (IsTakeOver(record)) sessions.Taken(session, record.Kernel.Number("old-auid") ?? 0);
        var program = record.Sender.Encoded("exe");
        if (record.Type is "USER_START" or "CRED_ACQ" && program is "/usr/sbin/cron" or "/usr/sbin/crond" or "/usr/sbin/atd") sessions.Scheduled(session);
        else if (record.Type is "USER_START" or "USER_LOGIN" && record.Sender.Text("addr") is { } address) sessions.From(session, Clean.Text(address));
    }
}
