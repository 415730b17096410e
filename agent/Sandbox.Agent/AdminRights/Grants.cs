using Sandbox.Protocol;
using static Sandbox.Agent.AdminRights.SudoAliases;
using static Sandbox.Protocol.SudoGrant.Types;

namespace Sandbox.Agent.AdminRights;

/// <summary>The rules as rows: one for each member of a user list and each run of commands with the same terms.</summary>
internal sealed class Grants(SudoAliases aliases)
{
    // `()`: sudo knows no word for it, and no account has a blank in its name.
    private const string Caller = "the caller";
    private const int MostNames = 20;
    private const int MostCommands = 64;
    private const int LongestName = 256;

    public IEnumerable<SudoGrant> Of(SudoRule rule)
    {
        foreach (var user in aliases.Expand(AliasKind.User, rule.Users))
        {
            foreach (var privilege in rule.Privileges)
            {
                foreach (var commands in privilege.Commands) yield return Row(rule, user, privilege, commands);
            }
        }
    }

    private SudoGrant Row(SudoRule rule, Listed user, SudoPrivilege privilege, SudoCommands commands)
    {
        var (kind, who) = Kind(user.Name);
        var terms = commands.Terms;
        var row = new SudoGrant
        {
            WhoKind = kind, Who = Cut(who), Excluded = user.Not, NoPassword = terms.NoPassword == true,
            NoExec = terms.NoExec == true, Timed = terms.Timed, Path = rule.Path, Line = rule.Line,
        };
        if (user.Alias is { } alias) row.Alias = Cut(alias);
        var hosts = aliases.Expand(AliasKind.Host, privilege.Hosts);
        row.EveryHost = hosts is [{ Name: Matching.All, Not: false }];
        if (!row.EveryHost) row.Hosts.AddRange(Names(hosts));
        if (terms.Users is { Count: > 0 } users) row.AsUsers.AddRange(Names(aliases.Expand(AliasKind.Target, users)));
        else if (terms.Users is not null && terms.Groups is not { Count: > 0 }) row.AsUsers.Add(Caller);
        if (terms.Groups is { } groups) row.AsGroups.AddRange(Names(aliases.Expand(AliasKind.Target, groups)));
        AddCommands(row, aliases.Expand(AliasKind.Command, commands.Names));
        row.SetEnvironment = terms.SetEnvironment ?? row.AllCommands;
        return row;
    }

    private static void AddCommands(SudoGrant row, List<Listed> names)
    {
        row.AllCommands = names.FindLast(name => name.Name == Matching.All) is { Name: Matching.All, Not: false };
        row.Commands.AddRange(Paths(names, not: false));
        row.Forbidden.AddRange(Paths(names, not: true));
    }

    private static IEnumerable<string> Paths(List<Listed> names, bool not) =>
        names.Where(name => name.Not == not && (not || name.Name != Matching.All)).Select(name => Cut(name.Name)).Distinct().Take(MostCommands);

    private static IEnumerable<string> Names(List<Listed> list) =>
        list.Select(one => Cut(one.Not ? $"!{one.Name}" : one.Name)).Distinct().Take(MostNames);

    private static string Cut(string name) => name.Length > LongestName ? name[..LongestName] : name;

    private static (Who Kind, string Name) Kind(string name) => name switch
    {
        Matching.All => (Who.Everybody, ""),
        ['%', ':', .. var other] => (Who.OtherGroup, other),
        ['%', '#', .. var gid] => (Who.Gid, gid),
        ['%', .. var group] => (Who.Group, group),
        ['#', .. var uid] => (Who.Uid, uid),
        ['+', .. var netgroup] => (Who.Netgroup, netgroup),
        _ when IsName(name) => (Who.Undefined, name),
        _ => (Who.User, name),
    };
}
