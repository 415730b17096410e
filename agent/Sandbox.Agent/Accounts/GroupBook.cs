using System.Globalization;
using Sandbox.Protocol;

namespace Sandbox.Agent.Accounts;

/// <summary>group(5): names of groups by number, and the groups that name somebody as a member.</summary>
internal sealed class GroupBook
{
    private const int FieldCount = 4;
    private static readonly string[] Administrators = ["sudo", "wheel", "admin"];
    private const int MostGroups = 5000;
    private const int MostMembers = 1000;

    // Of all groups together: a report holds 4 MiB.
    private const int MostMembersOfAll = 50_000;
    private readonly Dictionary<uint, string> _names = [];
    private readonly List<Group> _all = [];
    private int _members;
    private readonly Dictionary<string, List<string>> _groups = [];

    /// <summary>Takes one line. False: it is malformed.</summary>
    public bool Add(ReadOnlySpan<char> line)
    {
        if (Fields.Count(line) != FieldCount || line[0] == ':') return false;
        var fields = new Fields(line);
        var name = fields.Next().ToString();
        fields.Next();
        if (!uint.TryParse(fields.Next(), NumberStyles.None, CultureInfo.InvariantCulture, out var gid)) return false;
        _names.TryAdd(gid, name);
        var members = fields.Next();
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var range in members.Split(','))
        {
            var member = members[range].Trim();
            if (!member.IsEmpty && named.Add(member.ToString())) Of(member.ToString()).Add(name);
        }

        var listed = Math.Min(named.Count, Math.Min(MostMembers, MostMembersOfAll - _members));
        _members += listed;
        _all.Add(new Group { Name = name, Gid = gid, Members = { named.Take(listed) }, MembersLeftOut = (uint)(named.Count - listed) });
        return true;
    }

    /// <summary>All of them, sorted by number, then name.</summary>
    /// <param name="leftOut">How many more there are.</param>
    public IEnumerable<Group> All(out int leftOut)
    {
        leftOut = Math.Max(0, _all.Count - MostGroups);
        return _all.OrderBy(group => group.Gid).ThenBy(group => group.Name, StringComparer.Ordinal).Take(MostGroups);
    }

    /// <summary>Names of somebody's groups, the primary one first, each once; a number stands for a group without an entry.</summary>
    public IEnumerable<string> Names(string account, uint? gid)
    {
        var all = _groups.TryGetValue(account, out var member) ? member : Enumerable.Empty<string>();
        if (gid is { } number) all = all.Prepend(_names.GetValueOrDefault(number) ?? number.ToString(CultureInfo.InvariantCulture));
        return all.Distinct();
    }

    /// <summary>Whether one of the groups means administration.</summary>
    public static bool Administers(IEnumerable<string> groups) => groups.Any(Administrators.Contains);

    private List<string> Of(string account)
    {
        if (!_groups.TryGetValue(account, out var groups)) _groups[account] = groups = [];
        return groups;
    }
}
