using System.Globalization;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.AdminRights;

/// <summary>An account of passwd(5) with its groups, as far as rules of sudo ask for them.</summary>
internal sealed record Person(string Name, uint? Uid, uint? Gid)
{
    public HashSet<string> Groups { get; } = new(StringComparer.Ordinal);

    public HashSet<uint> Gids { get; } = [];
}

/// <summary>Who lives on this system: passwd(5) and group(5).</summary>
internal sealed class LocalPeople
{
    public const string Passwd = "/etc/passwd";
    public const string Group = "/etc/group";
    // Tens of thousands of accounts.
    private const int MostBytes = 16 << 20;
    private readonly Dictionary<string, Person> _people = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, uint> _groups = new(StringComparer.Ordinal);

    private LocalPeople()
    {
    }

    /// <summary>Everybody, sorted by name.</summary>
    public IReadOnlyList<Person> All { get; private set; } = [];

    /// <summary>Numbers of the groups by name.</summary>
    public IReadOnlyDictionary<string, uint> Groups => _groups;

    /// <summary>What cannot be read is noted, and then there is nobody.</summary>
    public static LocalPeople Read(RootFolder root, UnseenNotes unseen)
    {
        var people = new LocalPeople();
        foreach (var fields in Lines(root, Passwd, unseen))
        {
            if (fields is not [{ Length: > 0 } name, _, var uid, var gid, ..] || name[0] is '+' or '-') continue;
            people._people.TryAdd(name, new Person(name, Number(uid), Number(gid)));
        }

        var primary = people._people.Values.ToLookup(person => person.Gid);
        foreach (var fields in Lines(root, Group, unseen))
        {
            if (fields is not [{ Length: > 0 } name, _, var gid, var members] || Number(gid) is not { } number) continue;
            people.AddGroup(name, number, primary[number], members);
        }

        people.All = [.. people._people.Values.OrderBy(person => person.Name, StringComparer.Ordinal)];
        return people;
    }

    private void AddGroup(string name, uint gid, IEnumerable<Person> primary, string members)
    {
        if (!_groups.TryAdd(name, gid)) return;
        foreach (var person in primary) Join(person, name, gid);
        foreach (var member in members.Split(',', StringSplitOptions.TrimEntries))
        {
            if (_people.TryGetValue(member, out var person)) Join(person, name, gid);
        }
    }

    private static void Join(Person person, string name, uint gid)
    {
        person.Groups.Add(name);
        person.Gids.Add(gid);
    }

    private static IEnumerable<string[]> Lines(RootFolder root, string path, UnseenNotes unseen)
    {
        if (root.TryRead(path, out var text, out var fault, MostBytes)) return text.Split('\n').Select(line => line.TrimEnd('\r').Split(':'));
        unseen.Add(fault);
        return [];
    }

    private static uint? Number(string field) =>
        uint.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
