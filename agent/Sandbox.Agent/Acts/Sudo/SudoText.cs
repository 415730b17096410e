using Sandbox.Agent.Acts.Redaction;
using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Agent.Acts.Sudo;

/// <summary>
/// What sudo writes to syslog: <c>   appr1 : TTY=pts/0 ; PWD=/home/appr1 ; USER=root ; COMMAND=/usr/bin/true</c>; TTY is absent without one, and a reason
/// stands in front when it said no (sudoers(5), "LOG FORMAT").
/// </summary>
internal static class SudoText
{
    private const string Command = "COMMAND=";

    /// <summary>The act that the text of a line of sudo tells of. Null: it tells of none.</summary>
    public static AdminAct? Of(string text, string sourceId, DateTimeOffset at)
    {
        if (text.StartsWith("@cee:", StringComparison.Ordinal)) return null;
        var colon = text.IndexOf(" : ", StringComparison.Ordinal);
        var command = text.IndexOf(Command, StringComparison.Ordinal);
        if (colon <= 0 || command < colon) return null;
        var before = text[(colon + 3)..command];
        var name = text[..colon].Trim();
        if (!Shape.IsName(name)) return null;
        // A folder or an argument may be called "; COMMAND=/usr/sbin/useradd bob": then nobody can tell what was run.
        var isClear = text.IndexOf(Command, command + 1, StringComparison.Ordinal) < 0;
        var act = NewAct.Of(Source.SudoText, sourceId, at, Action.Run, Verb(before))
            .By(Method.A2, "sudo's own line in the system's log")
            .Ran(isClear ? Redacted.OfText(text[(command + Command.Length)..]) : new Redacted("?", [], 0));
        act.Actor.OsName = name;
        act.Result = act.Verb == "ran" ? Result.Success : Result.Failure;
        return act;
    }

    // "command not allowed ; TTY=...", "3 incorrect password attempts ; ...", "user NOT in sudoers ; ..."
    private static string Verb(string before)
    {
        var first = before.Split(" ; ")[0].Trim();
        return first.Length == 0 || first.Contains('=', StringComparison.Ordinal) ? "ran" : first;
    }
}
