using System.Globalization;
using Sandbox.Agent.Collecting.Settings;

namespace Sandbox.Agent.AdminRights;

/// <summary>Whether a list of sudoers(5), its aliases replaced, means somebody or something: the last entry that matches decides.</summary>
internal static class Matching
{
    public const string All = "ALL";
    private const string Root = "root";

    /// <summary>Null: the list does not speak of the person. Netgroups and groups of other sources are not asked.</summary>
    public static bool? Means(IReadOnlyList<Listed> list, Person person) => Last(list, name => Is(person, name));

    /// <summary>Whether a rule holds on this host.</summary>
    public static bool Here(IReadOnlyList<Listed> list, string? host) => Last(list, name => IsHost(name, host)) == true;

    /// <summary>Whether root is among those whose rights may be taken. Null: nobody is named, so it is root.</summary>
    public static bool AsRoot(IReadOnlyList<Listed>? list) => list is null || Last(list, name => name is All or Root or "#0" or "%root" or "%#0") == true;

    private static bool? Last(IReadOnlyList<Listed> list, Predicate<string> matches)
    {
        for (var i = list.Count - 1; i >= 0; i--)
        {
            if (matches(list[i].Name)) return !list[i].Not;
        }

        return null;
    }

    private static bool Is(Person person, string name) => name switch
    {
        All => true,
        ['%', '#', .. var gid] => Number(gid) is { } number && (person.Gids.Contains(number) || person.Gid == number),
        ['%', ':', ..] or ['+', ..] => false,
        ['%', .. var group] => person.Groups.Contains(group),
        ['#', .. var uid] => Number(uid) is { } number && person.Uid == number,
        _ => name == person.Name,
    };

    // A rule names a host with or without its domain, in any case, or by a pattern.
    private static bool IsHost(string name, string? host)
    {
        if (name == All) return true;
        if (host is null) return false;
        var (wanted, full) = (name.ToLowerInvariant(), host.ToLowerInvariant());
        return Glob.Matches(wanted, full) || Glob.Matches(wanted, full.Split('.')[0]);
    }

    private static uint? Number(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
