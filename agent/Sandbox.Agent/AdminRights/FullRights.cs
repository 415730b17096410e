using Sandbox.Protocol;
using static Sandbox.Agent.AdminRights.SudoAliases;

namespace Sandbox.Agent.AdminRights;

/// <summary>Works out who may run any command as root on this host, as sudo decides it: the last rule that speaks of the person counts.</summary>
internal sealed class FullRights
{
    private const int MostRules = 500;
    private readonly List<Decision> _decisions;
    private readonly SudoAsks _asks;

    public FullRights(Sudoers sudoers, string? host)
    {
        _asks = new SudoAsks(sudoers);
        _decisions = [.. sudoers.Rules.SelectMany(rule => Of(rule, sudoers.Aliases, host)).TakeLast(MostRules)];
    }

    /// <summary>Whether every rule that may decide is heeded.</summary>
    public bool Complete => _decisions.Count < MostRules;

    /// <summary>The person as an administrator. Null: it is none.</summary>
    public FullAdministrator? Of(Person person)
    {
        var exceptions = false;
        for (var i = _decisions.Count - 1; i >= 0; i--)
        {
            var one = _decisions[i];
            if (Matching.Means(one.Users, person) != true) continue;
            exceptions |= one.Exceptions;
            if (one.Everything is not { } granted) continue;
            return granted ? Administrator(person, one, exceptions) : null;
        }

        return null;
    }

    /// <summary>The rule that names the group itself and grants it everything. Null: none does.</summary>
    public SudoRule? OfGroup(string name, uint? gid) => _decisions
        .LastOrDefault(one => one.Everything is not null && one.Users.Any(user => !user.Not && IsGroup(user.Name, name, gid)))
        is { Everything: true } one ? one.Rule : null;

    /// <summary>Groups that a rule grants everything, as it names them: <c>%sudo</c>, <c>%#27</c>.</summary>
    public IEnumerable<string> Groups() => _decisions.Where(one => one.Everything == true)
        .SelectMany(one => one.Users).Where(user => !user.Not && user.Name is ['%', not ':', ..]).Select(user => user.Name).Distinct();

    private FullAdministrator Administrator(Person person, Decision one, bool exceptions)
    {
        var found = new FullAdministrator
        {
            Name = person.Name, Through = Through(one.Users, person), NoPassword = one.NoPassword ?? !_asks.Password(person), WithExceptions = exceptions,
            Path = one.Rule.Path, Line = one.Rule.Line,
        };
        if (person.Uid is { } uid) found.Uid = uid;
        return found;
    }

    private static string Through(IReadOnlyList<Listed> users, Person person) =>
        users.Last(user => Matching.Means([user with { Not = false }], person) == true).Name;

    private static bool IsGroup(string who, string name, uint? gid) => who == $"%{name}" || (gid is { } number && who == $"%#{number}");

    // What each privilege says of running anything as root, in order; privileges that say nothing of it are left out.
    private static IEnumerable<Decision> Of(SudoRule rule, SudoAliases aliases, string? host)
    {
        var users = aliases.Expand(AliasKind.User, rule.Users);
        foreach (var privilege in rule.Privileges)
        {
            if (!Matching.Here(aliases.Expand(AliasKind.Host, privilege.Hosts), host)) continue;
            foreach (var commands in privilege.Commands)
            {
                var targets = commands.Terms.Users is { } named ? aliases.Expand(AliasKind.Target, named) : null;
                if (!Matching.AsRoot(targets) || commands.Terms.Timed) continue;
                var names = aliases.Expand(AliasKind.Command, commands.Names);
                var last = names.FindLastIndex(name => name.Name == Matching.All);
                var forbids = names.Skip(last + 1).Any(name => name.Not);
                if (last < 0 && !forbids) continue;
                yield return new Decision(rule, users, last < 0 ? null : !names[last].Not, forbids, commands.Terms.NoPassword);
            }
        }
    }

    /// <param name="Rule">Where it stands.</param>
    /// <param name="Users">Of whom it speaks.</param>
    /// <param name="Everything">It grants or forbids every command. Null: it only takes some out.</param>
    /// <param name="Exceptions">It takes some out.</param>
    /// <param name="NoPassword">Null: the settings decide.</param>
    private sealed record Decision(SudoRule Rule, IReadOnlyList<Listed> Users, bool? Everything, bool Exceptions, bool? NoPassword);
}
