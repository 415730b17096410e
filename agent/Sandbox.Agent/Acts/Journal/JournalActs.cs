using System.Globalization;
using Sandbox.Agent.Acts.Audit;
using Sandbox.Agent.Acts.Syslog;
using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;

namespace Sandbox.Agent.Acts.Journal;

/// <summary>
/// What the journal says was done, and whether the program that the text names really wrote it: journald asks the kernel who sent a datagram
/// (_EXE, _UID, _AUDIT_LOGINUID).
/// </summary>
internal static class JournalActs
{
    private const string Forged = "written by ";

    /// <summary>The act of an entry. Null: it tells of none.</summary>
    public static AdminAct? Of(JournalEntry entry, string sequenceId)
    {
        if (entry["SYSLOG_IDENTIFIER"] is not { } program || entry["MESSAGE"] is not { } text || entry["_TRANSPORT"] is not ("syslog" or "journal")) return null;
        var sourceId = string.Create(CultureInfo.InvariantCulture, $"{sequenceId}:{entry.Sequence}");
        if (ProgramText.Of(program, text, sourceId, entry.At) is not { } act) return null;
        var (claimed, sender) = (act.Source, entry["_EXE"]);
        (act.Source, act.Records[0].Source) = (Source.Journal, Source.Journal);
        act.Pid(entry.Number("_PID"));
        if (entry.Number("_AUDIT_SESSION") is { } session and not AuditRecord.Unset) act.Actor.Session = session;
        return Wrote(sender, program, entry) ? Vouched(act, claimed, entry) : NotVouched(act, program, sender, entry);
    }

    /// <summary>The journal says that another program wrote what the act's text claims.</summary>
    public static bool IsForged(AdminAct act) => act.Method is Method.None && act.MethodReason.StartsWith(Forged, StringComparison.Ordinal);

    // sudo's datagrams carry the uid of who called it; everything else that counts is root's.
    private static bool Wrote(string? sender, string program, JournalEntry entry)
    {
        var folder = sender is null ? -1 : sender.LastIndexOf('/');
        if (folder < 0 || sender![..folder] is not ("/usr/bin" or "/usr/sbin" or "/bin" or "/sbin" or "/usr/lib/openssh" or "/usr/libexec/openssh")) return false;
        var name = sender[(folder + 1)..];
        return (name == program || (program == "sshd" && name == "sshd-session")) && (program == "sudo" || entry.Number("_UID") == 0);
    }

    private static AdminAct Vouched(AdminAct act, Source claimed, JournalEntry entry)
    {
        if (claimed is Source.SudoText or Source.Sshd or Source.NetworkManager)
            return act.By(Method.A2, "a line that the journal saw come from the program itself");
        if (entry.Number("_AUDIT_LOGINUID") is not { } login || login == AuditRecord.Unset)
            act.By(Method.None, "nobody logged in to the session it was done in").Automation = "no login uid";
        else if (login == 0)
            act.By(Method.None, "root itself logged in, which names no person").Actor.LoginUid = login;
        else
            act.By(Method.A2, "a line that the journal saw come from the program itself, with the login uid of its process").Actor.LoginUid = login;
        return act;
    }

    private static AdminAct NotVouched(AdminAct act, string program, string? sender, JournalEntry entry)
    {
        var by = sender is null ? "a program that was gone before the journal could see it" : Clean.Text(sender);
        act.By(Method.None, string.Create(CultureInfo.InvariantCulture, $"{Forged}{by} of uid {entry["_UID"] ?? "?"}, not by {program}"));
        act.Actor.ClearOsName();
        if (entry.Number("_UID") is { } uid) act.Actor.OsUid = uid;
        if (entry.Number("_AUDIT_LOGINUID") is { } login and not AuditRecord.Unset) act.Actor.LoginUid = login;
        return act;
    }
}
