using System.Globalization;

namespace Sandbox.Agent.Acts.Accounts;

/// <summary>What passwd(5) or group(5) says: names by number, and of groups who is in them.</summary>
internal sealed class AccountNames
{
    private readonly Dictionary<uint, string> _names = [];
    private readonly Dictionary<string, string[]> _members = new(StringComparer.Ordinal);

    /// <summary>Reads the text of such a file.</summary>
    public static AccountNames Parse(string text)
    {
        var names = new AccountNames();
        foreach (var line in text.Split('\n'))
        {
            if (line.Split(':') is not [{ Length: > 0 } name, _, var number, .. var rest] || !uint.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) continue;
            // Who shares a number cannot be told apart by it.
            if (!names._names.TryAdd(id, Clean.Text(name))) names._names[id] = "";
            if (rest is [{ Length: > 0 } members]) names._members[Clean.Text(name)] = members.Split(',');
        }
        return names;
    }

    /// <summary>Null: nobody has the number, or several share it.</summary>
    public string? Of(uint id) => _names.GetValueOrDefault(id) is { Length: > 0 } name ? name : null;

    /// <summary>Whether anybody has the number.</summary>
    public bool Has(uint id) => _names.ContainsKey(id);

    /// <summary>The groups that somebody is in, as the file of groups says.</summary>
    public IEnumerable<string> GroupsOf(string member) => _members.Where(group => group.Value.Contains(member)).Select(group => group.Key);
}
