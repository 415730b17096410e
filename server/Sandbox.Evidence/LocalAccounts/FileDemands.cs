using System.Globalization;
using Sandbox.Evidence.Settings;

namespace Sandbox.Evidence.LocalAccounts;

/// <summary>What may be demanded of the files of accounts.</summary>
internal static class FileDemands
{
    /// <summary>Its mode allows nothing beyond some bits.</summary>
    public static FileRule Mode(string rule, string path, uint bits) => new(rule, path, $"mode {Octal.Words(bits)} or stricter",
        (file, _) => Opinion.That((file.Mode & ~bits) == 0, Octal.Words(file.Mode)));

    /// <summary>It belongs to one of some accounts, by name or number.</summary>
    public static FileRule Owner(string rule, string path, IReadOnlyList<string> allowed) => new(rule, path, $"owned by {string.Join(" or ", allowed)}",
        (file, accounts) => Among(allowed, file.Uid, accounts.Accounts_.Where(one => one.HasUid && one.Uid == file.Uid).Select(one => one.Name)));

    /// <summary>It belongs to one of some groups, by name or number.</summary>
    public static FileRule Group(string rule, string path, IReadOnlyList<string> allowed) => new(rule, path, $"of the group {string.Join(" or ", allowed)}",
        (file, accounts) => Among(allowed, file.Gid, accounts.Groups.Where(one => one.Gid == file.Gid).Select(one => one.Name)));

    private static Opinion Among(IReadOnlyList<string> allowed, uint number, IEnumerable<string> named)
    {
        string[] names = [.. named, number.ToString(CultureInfo.InvariantCulture)];
        return Opinion.That(names.Any(allowed.Contains), names[0]);
    }
}
