using Sandbox.Agent.Acts.Redaction;
using Sandbox.Protocol;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Agent.Acts.Correlating;

/// <summary>Which group a command was about: usermod's records in Linux audit name the member alone.</summary>
internal static class MemberCommand
{
    /// <summary>Adds the group to members that have none.</summary>
    public static void Tell(AdminAct act)
    {
        if (act.Action is not (Action.AddMember or Action.RemoveMember) || Group(act) is not { } group) return;
        foreach (var member in act.Objects.Where(done => done is { Kind: "account", HasDetail: false })) member.Detail = group;
    }

    private static string? Group(AdminAct act)
    {
        var words = act.Arguments.ToList();
        if (act.HiddenArguments > 0) return null;
        switch (act.HasProgram ? new Redacted(act.Program, [], 0).Name : "")
        {
            case "usermod":
                var option = words.FindIndex(word => word is "--groups" || (IsShort(word) && word.EndsWith('G')));
                // Without it they are those that somebody is in from now on.
                var takesAway = words.Any(word => word == "--remove" || (IsShort(word) && word.Contains('r')));
                return takesAway == act.Action is Action.RemoveMember && option >= 0 && option + 1 < words.Count ? words[option + 1].Replace(",", ", ", StringComparison.Ordinal) : null;
            case "gpasswd" or "adduser" or "deluser":
                return words.Where(word => !word.StartsWith('-')).ToList() is [_, var group] ? group : null;
            default:
                return null;
        }
    }

    private static bool IsShort(string word) => word.StartsWith('-') && !word.StartsWith("--", StringComparison.Ordinal);
}
