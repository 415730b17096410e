using System.Globalization;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Settings;

namespace Sandbox.Agent.Acts;

/// <summary>Names of login uids (passwd(5)), and from which uid on accounts are people's (login.defs(5)).</summary>
internal sealed class AccountNames
{
    private readonly Dictionary<uint, string> _names = [];

    /// <summary>UID_MIN. Null: not configured.</summary>
    public uint? FirstPerson { get; private init; }

    /// <summary>Null: no such account, or several share the number.</summary>
    public string? Of(uint uid) => _names.GetValueOrDefault(uid) is { Length: > 0 } name ? name : null;

    /// <summary>Reads them; what cannot be read leaves numbers without names.</summary>
    public static AccountNames Read(RootFolder root)
    {
        var least = root.TryRead("etc/login.defs", out var settings, out _)
            ? LoginDefsText.Parse(settings, "etc/login.defs").FindLast(setting => setting.Name == "UID_MIN").Value
            : null;
        var names = new AccountNames { FirstPerson = uint.TryParse(least, NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? first : null };
        if (!root.TryRead("etc/passwd", out var text, out _)) return names;
        foreach (var line in text.Split('\n'))
        {
            if (line.Split(':') is not [{ Length: > 0 } name, _, var number, ..] || !uint.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var uid)) continue;
            // Who shares a number cannot be told apart by it.
            if (!names._names.TryAdd(uid, Clean.Text(name))) names._names[uid] = "";
        }
        return names;
    }
}
