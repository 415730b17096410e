namespace Sandbox.Agent.Accounts;

/// <summary>nsswitch.conf(5): where else the system looks for accounts.</summary>
internal static class NameServices
{
    private static readonly string[] Local = ["files", "compat", "systemd", "db", "altfiles", "extrausers"];

    /// <summary>The databases for passwd that are directories, in their order, each once.</summary>
    public static IEnumerable<string> Directories(string text)
    {
        var found = new List<string>();
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.AsSpan(0, raw.IndexOf('#', StringComparison.Ordinal) is >= 0 and var comment ? comment : raw.Length).Trim();
            if (line.StartsWith("passwd:")) found.AddRange(Services(line["passwd:".Length..]).Where(service => !Local.Contains(service)));
            if (line.StartsWith("passwd_compat:")) found.AddRange(Services(line["passwd_compat:".Length..]));
        }

        return found.Distinct();
    }

    // What stands in brackets is what to do next, not where to look.
    private static List<string> Services(ReadOnlySpan<char> line)
    {
        var services = new List<string>();
        for (line = line.TrimStart(); !line.IsEmpty; line = line.TrimStart())
        {
            var end = line[0] == '[' ? line.IndexOf(']') + 1 : line.IndexOfAny(" \t[");
            if (end <= 0) end = line.Length;
            if (line[0] != '[') services.Add(line[..end].ToString());
            line = line[end..];
        }

        return services;
    }
}
