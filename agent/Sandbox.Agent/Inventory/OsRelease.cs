namespace Sandbox.Agent.Inventory;

/// <summary>os-release(5): shell assignments without expansion.</summary>
internal static class OsRelease
{
    /// <summary>Values by name; empty values are left out, the last assignment of a name wins.</summary>
    public static Dictionary<string, string> Parse(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var equals = line.IndexOf('=');
            if (equals <= 0 || line[0] == '#') continue;
            var name = line[..equals].Trim().ToString();
            var value = Unquote(line[(equals + 1)..].Trim());
            if (value.Length == 0) values.Remove(name);
            else values[name] = value;
        }
        return values;
    }

    private static string Unquote(ReadOnlySpan<char> value)
    {
        if (value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0])
        {
            var quote = value[0];
            value = value[1..^1];
            if (quote == '\'') return value.ToString();
        }
        if (value.IndexOf('\\') < 0) return value.ToString();
        var plain = new System.Text.StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length) i++;
            plain.Append(value[i]);
        }
        return plain.ToString();
    }
}
