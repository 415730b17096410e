using Sandbox.Protocol;

namespace Sandbox.Agent.AdminRights;

/// <summary>Groups that mean administration: by custom, or because a rule grants them everything.</summary>
internal static class AdminGroups
{
    private const int MostGroups = 100;
    private const int MostMembers = 200;
    private static readonly string[] Customary = ["admin", "sudo", "wheel"];

    /// <summary>Sorted by name.</summary>
    public static IEnumerable<AdminGroup> Of(FullRights rights, LocalPeople people)
    {
        var granted = rights.Groups().ToHashSet(StringComparer.Ordinal);
        var there = people.Groups.Where(group => Customary.Contains(group.Key) || granted.Contains($"%#{group.Value}")).Select(group => group.Key);
        var named = granted.Where(name => name is ['%', not '#', ..]).Select(name => name[1..]);
        foreach (var name in there.Concat(named).Distinct().Order(StringComparer.Ordinal).Take(MostGroups))
        {
            var group = new AdminGroup { Name = name };
            var gid = people.Groups.TryGetValue(name, out var number) ? number : (uint?)null;
            if (gid is { } known) group.Gid = known;
            if (rights.OfGroup(name, gid) is { } rule) (group.FullGrant, group.Path, group.Line) = (true, rule.Path, rule.Line);
            group.Members.AddRange(people.All.Where(person => person.Groups.Contains(name)).Select(person => person.Name).Take(MostMembers));
            yield return group;
        }
    }
}
