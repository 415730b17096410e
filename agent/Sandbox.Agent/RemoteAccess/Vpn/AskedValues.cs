namespace Sandbox.Agent.RemoteAccess.Vpn;

/// <summary>A value of a file in sections, as WireGuard, systemd.netdev(5) and NetworkManager's keyfiles have them.</summary>
/// <param name="Section">How many sections stand before: two of the same name are told apart by it.</param>
/// <param name="Name">Of the section, without brackets.</param>
/// <param name="Key">Before the equals sign.</param>
/// <param name="Value">Behind it.</param>
internal readonly record struct IniValue(int Section, string Name, string Key, string Value)
{
    public bool Is(string key) => Key.Equals(key, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Reads such files as IniText does, but makes text only of the keys that a reader asks for: the rest may be secret.</summary>
internal static class AskedValues
{
    /// <summary>The keys in the order of the text, and each section as a value without a key.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="keys">What is asked for; of a key with a <c>?</c> behind it, only that it has a value: <c>set</c>.</param>
    public static List<IniValue> Of(string text, params string[] keys)
    {
        var found = new List<IniValue>();
        var (section, name) = (0, "");
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim();
            if (line.IsEmpty || line[0] is '#' or ';') continue;
            if (line is ['[', .. var inner, ']'])
            {
                (section, name) = (section + 1, inner.Trim().ToString());
                found.Add(new IniValue(section, name, "", ""));
            }
            else if (line.IndexOf('=') is > 0 and var equals && Asked(line[..equals].Trim(), keys) is { } key)
            {
                var value = line[(equals + 1)..].Trim();
                found.Add(key[^1] == '?'
                    ? new IniValue(section, name, key[..^1], value.IsEmpty ? "" : "set")
                    : new IniValue(section, name, key, value.ToString()));
            }
        }

        return found;
    }

    private static string? Asked(ReadOnlySpan<char> key, string[] keys)
    {
        foreach (var one in keys)
        {
            if (key.Equals(one.AsSpan().TrimEnd('?'), StringComparison.OrdinalIgnoreCase)) return one;
        }

        return null;
    }
}
