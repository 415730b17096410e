using System.Globalization;
using Sandbox.Agent.Acts.Accounts;
using Sandbox.Agent.Acts.Redaction;
using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Agent.Acts.Audit;

/// <summary>
/// What Linux audit's user-space records say was done. Only who may write audit records (CAP_AUDIT_WRITE) can make them, and pid, uid, auid and ses in
/// front of <c>msg=</c> are the kernel's own.
/// </summary>
internal static class AuditActs
{
    /// <summary>The act of a record. Null: it tells of none.</summary>
    public static AdminAct? Of(AuditRecord record)
    {
        if (Meaning(record) is not { } action) return null;
        var act = NewAct.Of(Source.Audit, record.Serial, record.At, action, record.Sender.Text("op") ?? record.Kernel.Text("op") ?? record.Type)
            .Pid(record.Kernel.Number("pid"));
        act.Result = Outcome(record);
        Who(act, record);
        What(act, record);
        if (record.Names.Text(AuditNames.System) == AuditNames.Other) Whereabouts.Disown(act);
        return act;
    }

    private static Action? Meaning(AuditRecord record) => record.Type switch
    {
        "USER_CMD" => Action.Run,
        "ADD_USER" => Action.AddAccount,
        "DEL_USER" => Action.RemoveAccount,
        "ADD_GROUP" => Action.AddGroup,
        "DEL_GROUP" => Action.RemoveGroup,
        "USER_MGMT" or "USER_CHAUTHTOK" => OfChange(record),
        "GRP_MGMT" => Action.ChangeGroup,
        "USER_ACCT" when record.Sender.Encoded("exe") is "/usr/bin/gpasswd" => OfChange(record),
        "GRP_CHAUTHTOK" => Action.ChangeGroup,
        "ACCT_LOCK" or "ACCT_UNLOCK" => Action.ChangePassword,
        "USER_LOGIN" => Action.LogIn,
        "USER_START" when LetsIn(record) => Action.LogIn,
        "USER_AUTH" when record.Sender.Text("res") == "failed" => Action.LogIn,
        "SERVICE_START" => Action.StartService,
        "SERVICE_STOP" => Action.StopService,
        "CONFIG_CHANGE" => Action.ChangeAudit,
        "LOGIN" when AuditSessions.IsTakeOver(record) => Action.ChangeAudit,
        _ => null,
    };

    // Programs at which people begin; sudo, su and cron open sessions as well.
    private static bool LetsIn(AuditRecord record) =>
        record.Sender.Text("op") == "PAM:session_open"
        && record.Sender.Encoded("exe") is "/usr/sbin/sshd" or "/usr/lib/openssh/sshd-session" or "/usr/bin/login" or "/bin/login" or "/usr/libexec/gdm-session-worker" or "/usr/sbin/lightdm";

    // shadow writes USER_CHAUTHTOK for whatever it changes: "adding user to group", "change max age", "changing user shell".
    private static Action? OfChange(AuditRecord record)
    {
        var op = record.Sender.Text("op") ?? "";
        // chage -l only shows.
        if (op.StartsWith("display", StringComparison.Ordinal)) return null;
        if (op.StartsWith("members of group", StringComparison.Ordinal) || op.StartsWith("administrators of group", StringComparison.Ordinal)) return Action.ChangeGroup;
        if (Has("to group") || Has("to shadow group") || Has("added by")) return Action.AddMember;
        if (Has("from group") || Has("from shadow group") || Has("removed by")) return Action.RemoveMember;
        if (Has("password") || Has("chauthtok") || Has("lock")) return Action.ChangePassword;
        return Has(" age") || Has("expir") || Has("inactiv") || Has("warn") ? Action.ChangeAgeing : Action.ChangeAccount;

        bool Has(string words) => op.Contains(words, StringComparison.Ordinal);
    }

    private static Result Outcome(AuditRecord record) => (record.Sender.Text("res") ?? record.Kernel.Text("res")) switch
    {
        "success" or "1" or "yes" => Result.Success,
        "failed" or "0" or "no" => Result.Failure,
        _ => Result.Unspecified,
    };

    private static void Who(AdminAct act, AuditRecord record)
    {
        if (record.Kernel.Number("uid") is { } uid) act.Actor.OsUid = uid;
        if (record.Kernel.Number("ses") is { } session and not AuditRecord.Unset) act.Actor.Session = session;
        if (record.Sender.Text("addr") is { } address) act.Actor.RemoteIp = Clean.Text(address);
        if (record.Type is "USER_LOGIN" or "USER_AUTH" or "USER_START") Visitor(act, record);
        else if (record.Kernel.Number("auid") is not { } login || login == AuditRecord.Unset)
            act.By(Method.None, "nobody logged in to the session it was done in").Automation = "no login uid";
        else if (login == 0) Login(act, record, login).By(Method.None, "root itself logged in, which names no person");
        else Login(act, record, login).By(Method.A1, "the kernel's login uid, in a record of Linux audit");
        if (record.Type == "LOGIN") act.By(Method.None, "a process gave itself another login uid").ClearAutomation();
    }

    // Before somebody is in, the record's own account says who it is about.
    private static void Visitor(AdminAct act, AuditRecord record)
    {
        var name = record.Sender.Encoded("acct") ?? record.Names.Text("ID");
        if (name is not null && Shape.IsName(name)) act.Actor.OsName = name;
        if (record.Type == "USER_START" && record.Kernel.Number("auid") is { } login and not AuditRecord.Unset) act.Actor.LoginUid = login;
        if (record.Sender.Number("id") is { } id and not AuditRecord.Unset) act.Actor.LoginUid = id;
        act.By(Method.A1, "named by the program that let them in, in a record of Linux audit");
    }

    private static AdminAct Login(AdminAct act, AuditRecord record, uint login)
    {
        act.Actor.LoginUid = login;
        if (record.Names.Text("AUID") is { } name && name != "unset") act.Actor.OsName = Clean.Text(name);
        return act;
    }

    private static void What(AdminAct act, AuditRecord record)
    {
        if (record.Type == "USER_CMD" && record.Sender.Encoded("cmd") is { } command) act.Ran(Redacted.OfText(command));
        else if ((record.Sender.Encoded("exe") ?? record.Kernel.Encoded("exe")) is { } program) act.Program = Clean.Text(program);
        if (record.Type is "SERVICE_START" or "SERVICE_STOP") act.To("service", record.Sender.Encoded("unit"));
        else if (act.Action is not (Action.Run or Action.LogIn or Action.ChangeAudit)) Account(act, record);
    }

    private static void Account(AdminAct act, AuditRecord record)
    {
        var id = record.Sender.Number("id") is { } number and not AuditRecord.Unset ? number.ToString(CultureInfo.InvariantCulture) : null;
        var group = record.Sender.Encoded("grp");
        // "user ksmith removed by root from group labstaff": here acct is the group.
        if (record.Type == "USER_ACCT" && act.Verb.Split(' ') is ["user", var member, ..])
        {
            act.To("account", member, null, group ?? record.Sender.Encoded("acct")).Verb = act.Action is Action.AddMember ? "add to group" : "remove from group";
            return;
        }
        var isGroup = act.Action is Action.AddGroup or Action.ChangeGroup or Action.RemoveGroup;
        var own = record.Sender.Encoded("acct");
        var name = (isGroup ? group : null) ?? own ?? (IsBeforeTheFact(record) ? null : record.Names.Text("ID"));
        if (name?.StartsWith("unknown", StringComparison.Ordinal) == true) name = null;
        // The group that these two make and remove has the account's name, which their other records may not say.
        if (record.Type is "ADD_GROUP" or "DEL_GROUP" && record.Sender.Encoded("exe") is "/usr/sbin/useradd" or "/usr/sbin/userdel") act.To("account", own);
        act.To(isGroup ? "group" : "account", name, id, isGroup ? null : group);
    }

    // useradd writes its record before the account is in the file: whoever auditd found there had the number before.
    private static bool IsBeforeTheFact(AuditRecord record) => record.Type == "ADD_USER" && record.Sender.Text("op")?.Contains("home", StringComparison.Ordinal) != true;
}
