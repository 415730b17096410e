using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;

namespace Sandbox.Agent.Acts.Correlating;

/// <summary>
/// Until when the sources were alive that nobody but root can write. A line of text that says it is sudo's, while such a source told of later things but
/// not of this, was not sudo's.
/// </summary>
internal sealed class Vouchers
{
    /// <summary>Time of the latest audit record. Null: none was seen.</summary>
    public DateTimeOffset? AuditUntil { get; set; }

    /// <summary>Since when no record is missing: as the kernel's were heard, or as auditd began. Null: since before the log was read.</summary>
    public DateTimeOffset? AuditSince { get; set; }

    /// <summary>Time of the latest entry of the journal. Null: none was seen.</summary>
    public DateTimeOffset? JournalUntil { get; set; }

    /// <summary>Audit was alive then.</summary>
    public void Audit(DateTimeOffset at) => AuditUntil = AuditUntil > at ? AuditUntil : at;

    /// <summary>The journal was alive then.</summary>
    public void Journal(DateTimeOffset at) => JournalUntil = JournalUntil > at ? JournalUntil : at;

    /// <summary>Grades down what nobody vouches for although somebody would have.</summary>
    public void Doubt(AdminAct act)
    {
        if (act.Method is not Method.A2 || act.Source is not Source.SudoText) return;
        var at = act.OccurredAt.ToDateTimeOffset();
        var silent = AuditUntil > at && !(AuditSince > at) ? "Linux audit" : JournalUntil > at ? "the journal" : null;
        if (silent is null) return;
        act.Method = Method.A3;
        act.MethodReason = $"a line that says it is sudo's, but {silent}, which would tell, does not tell of it";
    }
}
