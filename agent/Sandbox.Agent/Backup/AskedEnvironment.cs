namespace Sandbox.Agent.Backup;

/// <summary>
/// Values of an environment file, a unit's Environment= or a script. Only the names that are asked for are made into text: passwords stand beside them.
/// </summary>
internal static class AskedEnvironment
{
    private static readonly string[] Names = ["RESTIC_REPOSITORY", "BORG_REPO"];

    /// <summary>The repository that the text sets last. Null: it sets none.</summary>
    public static string? Repository(ReadOnlySpan<char> text)
    {
        string? found = null;
        foreach (var range in text.Split('\n'))
        {
            var line = text[range].Trim();
            if (line.StartsWith("export ")) line = line["export ".Length..].TrimStart();
            foreach (var name in Names)
                if (line.StartsWith(name) && line.Length > name.Length && line[name.Length] == '=') found = Value(line[(name.Length + 1)..]);
        }
        return found;
    }

    private static string Value(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        if (value is [('"' or '\'') and var quote, .. var rest] && rest.IndexOf(quote) is >= 0 and var end) return rest[..end].ToString();
        var blank = value.IndexOfAny(' ', ';', '#');
        return (blank < 0 ? value : value[..blank]).ToString();
    }
}
