using Sandbox.Protocol;

namespace Sandbox.Evidence.Access;

/// <summary>Who is in a group of a device, as far as all of them are known.</summary>
/// <param name="Names">Those whom group(5) names, and those whose primary group it is, in the order of the alphabet. Null: there is no such group.</param>
/// <param name="Accounts">Everybody who has an account there.</param>
internal sealed record GroupMembers(IReadOnlyList<string>? Names, IReadOnlyList<string> Accounts)
{
    /// <summary>Those of one group. Another entry of its name or its number gives the same rights, so its members are members.</summary>
    /// <param name="accounts">What the device says.</param>
    /// <param name="group">The group's name.</param>
    /// <param name="hidden">Why they are not known.</param>
    /// <returns>Null: they are not known.</returns>
    public static GroupMembers? Of(Accounts accounts, string group, out string? hidden)
    {
        // The C library passes over a line that it cannot read, and so may we.
        var unseen = accounts.Unseen.Where(one => !one.Why.StartsWith("line ", StringComparison.Ordinal)).ToList();
        hidden = UnseenWords.Of(unseen, "/etc/passwd") ?? UnseenWords.Of(unseen, "/etc/group") ?? (accounts.Accounts_.Count == 0 || accounts.Groups.Count == 0 ? UnseenWords.Reason(unseen) : null);
        if (hidden is not null) return null;
        var all = accounts.Accounts_.Where(one => one.HasUid).ToList();
        var gids = accounts.Groups.Where(one => one.Name == group).Select(one => one.Gid).ToHashSet();
        var entries = accounts.Groups.Where(one => gids.Contains(one.Gid)).ToList();
        var leftOut = entries.Sum(one => one.MembersLeftOut);
        if (leftOut > 0) hidden = $"{leftOut} more are in the group {group} than the agent lists";
        if (hidden is not null) return null;
        var names = entries.SelectMany(one => one.Members).Concat(all.Where(one => one.HasGid && gids.Contains(one.Gid)).Select(one => one.Name)).Distinct().Order(StringComparer.Ordinal);
        return new GroupMembers(gids.Count == 0 ? null : [.. names], [.. all.Select(one => one.Name).Distinct().Order(StringComparer.Ordinal)]);
    }

    /// <summary>Whether somebody is in it.</summary>
    public bool Has(string name) => Names?.Contains(name) == true;
}
