using Sandbox.Protocol;

namespace Sandbox.Evidence.Access;

/// <summary>Who is in a group of a device, as far as all of them are known.</summary>
/// <param name="Names">Those whom group(5) names, and those whose primary group it is, in the order of the alphabet. Null: there is no such group.</param>
internal sealed record GroupMembers(IReadOnlyList<string>? Names)
{
    /// <summary>Those of one group.</summary>
    /// <param name="accounts">What the device says.</param>
    /// <param name="group">The group's name.</param>
    /// <param name="hidden">Why they are not known.</param>
    /// <returns>Null: they are not known.</returns>
    public static GroupMembers? Of(Accounts accounts, string group, out string? hidden)
    {
        hidden = UnseenWords.Of(accounts.Unseen, "/etc/passwd") ?? UnseenWords.Of(accounts.Unseen, "/etc/group") ?? (accounts.Accounts_.Count == 0 || accounts.Groups.Count == 0 ? UnseenWords.Reason(accounts.Unseen) : null);
        if (hidden is not null) return null;
        if (accounts.Groups.FirstOrDefault(one => one.Name == group) is not { } found) return new GroupMembers((IReadOnlyList<string>?)null);
        if (found.MembersLeftOut > 0) hidden = $"{found.MembersLeftOut} more are in the group {group} than the agent lists";
        return hidden is not null ? null : new GroupMembers([.. found.Members.Concat(accounts.Accounts_.Where(one => one.HasGid && one.Gid == found.Gid).Select(one => one.Name)).Distinct().Order(StringComparer.Ordinal)]);
    }

    /// <summary>Whether somebody is in it.</summary>
    public bool Has(string name) => Names?.Contains(name) == true;
}
