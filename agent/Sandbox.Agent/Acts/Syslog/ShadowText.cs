using System.Text.RegularExpressions;
using Sandbox.Agent.Acts.Redaction;
using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Agent.Acts.Syslog;

/// <summary>
/// What the tools of shadow 4.13 write to syslog. No person is in it, and <c>logger -t useradd</c> writes the same: who is not named by another record
/// of the same act stays unnamed.
/// </summary>
internal static partial class ShadowText
{
    private static readonly string[] Programs =
        ["useradd", "usermod", "userdel", "groupadd", "groupmod", "groupdel", "gpasswd", "chage", "passwd", "chpasswd", "newusers", "chsh"];

    private static readonly (Regex Form, Action Action)[] Forms =
    [
        (NewUser(), Action.AddAccount), (NewGroup(), Action.AddGroup), (Add(), Action.AddMember), (Delete(), Action.RemoveMember),
        (DeleteUser(), Action.RemoveAccount), (GroupRemoved(), Action.RemoveGroup), (Password(), Action.ChangePassword), (PasswordBy(), Action.ChangePassword),
        (PamPassword(), Action.ChangePassword), (Expiry(), Action.ChangeAgeing), (Change(), Action.ChangeAccount),
        (AddedBy(), Action.AddMember), (RemovedBy(), Action.RemoveMember),
    ];

    /// <summary>Whether the program is one of shadow's.</summary>
    public static bool IsOf(string program) => Array.IndexOf(Programs, program) >= 0;

    /// <summary>The act that a line's text tells of. Null: it tells of none, or of the same again for the shadow file.</summary>
    public static AdminAct? Of(string program, string text, string sourceId, DateTimeOffset at)
    {
        foreach (var (form, action) in Forms)
        {
            if (form.Match(text) is not { Success: true } match || Name(match, "name") is not { } name) continue;
            var isGroup = action is Action.AddGroup or Action.RemoveGroup;
            var act = NewAct.Of(Source.Syslog, sourceId, at, action, match.Groups["verb"] is { Success: true } verb ? verb.Value : Verb(action))
                .By(Method.A3, "a line of text without a person in it, which anybody could have written with logger")
                .To(isGroup ? "group" : "account", name, match.Groups["id"] is { Success: true } id ? id.Value : null, Name(match, "group"));
            act.Program = program;
            act.Result = Result.Success;
            return act;
        }
        return null;
    }

    // A name that is none would be somebody's words.
    private static string? Name(Match match, string group) =>
        match.Groups[group] is { Success: true } found && Shape.IsName(found.Value) ? found.Value : null;

    private static string Verb(Action action) => action switch
    {
        Action.AddAccount => "new user",
        Action.AddGroup => "new group",
        Action.RemoveAccount => "delete user",
        Action.RemoveGroup => "group removed",
        Action.AddMember => "add to group",
        Action.RemoveMember => "delete from group",
        Action.ChangeAgeing => "changed password expiry",
        Action.ChangeAccount => "change user",
        _ => "password changed",
    };

    [GeneratedRegex(@"^new user: name=(?<name>[^,]+), UID=(?<id>\d{1,10}),")]
    private static partial Regex NewUser();

    [GeneratedRegex(@"^new group: name=(?<name>[^,]+), GID=(?<id>\d{1,10})")]
    private static partial Regex NewGroup();

    [GeneratedRegex(@"^add '(?<name>[^']+)' to group '(?<group>[^']+)'")]
    private static partial Regex Add();

    [GeneratedRegex(@"^delete '(?<name>[^']+)' from group '(?<group>[^']+)'")]
    private static partial Regex Delete();

    [GeneratedRegex(@"^delete user '(?<name>[^']+)'")]
    private static partial Regex DeleteUser();

    [GeneratedRegex(@"^group '(?<name>[^']+)' removed\z")]
    private static partial Regex GroupRemoved();

    [GeneratedRegex(@"^(?<verb>lock|unlock|change) user '(?<name>[^']+)' password")]
    private static partial Regex Password();

    [GeneratedRegex(@"^password for '(?<name>[^']+)' changed by '")]
    private static partial Regex PasswordBy();

    [GeneratedRegex(@"^pam_unix\([a-z-]+:chauthtok\): password changed for (?<name>\S+)\z")]
    private static partial Regex PamPassword();

    [GeneratedRegex(@"^changed password expiry for (?<name>\S+)\z")]
    private static partial Regex Expiry();

    [GeneratedRegex(@"^change user '(?<name>[^']+)' (?<verb>[a-zA-Z ]{1,30})( from|\z)")]
    private static partial Regex Change();

    [GeneratedRegex(@"^user (?<name>\S+) added by \S+ to group (?<group>\S+)\z")]
    private static partial Regex AddedBy();

    [GeneratedRegex(@"^user (?<name>\S+) removed by \S+ from group (?<group>\S+)\z")]
    private static partial Regex RemovedBy();
}
