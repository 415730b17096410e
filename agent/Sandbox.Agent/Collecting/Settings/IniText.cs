namespace Sandbox.Agent.Collecting.Settings;

/// <summary>
/// A setting of a text of sections: systemd.syntax(7), NetworkManager's keyfiles, dnf's .repo files. <c>#</c> and <c>;</c> make comments at
/// the start of a line only.
/// </summary>
internal readonly record struct IniSetting(string Section, uint SectionLine, string Name, string Value, uint Line);

/// <summary>Reads such texts.</summary>
internal static class IniText
{
    /// <summary>Every setting in the order of the text; those above the first section have an empty one.</summary>
    public static IEnumerable<IniSetting> Parse(string text)
    {
        var (section, sectionLine, number) = ("", 0u, 0u);
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] is '#' or ';') continue;
            if (line[0] == '[' && line[^1] == ']')
            {
                (section, sectionLine) = (line[1..^1].Trim(), number);
                continue;
            }
            var equals = line.IndexOf('=');
            if (equals > 0) yield return new(section, sectionLine, line[..equals].TrimEnd(), line[(equals + 1)..].TrimStart(), number);
        }
    }
}
