namespace Sandbox.Agent.Services;

/// <summary>The little that we ask of a unit file.</summary>
/// <param name="Installable">It says who would pull it in, so it can be enabled.</param>
/// <param name="Oneshot">It starts, works and ends.</param>
internal readonly record struct UnitText(bool Installable, bool Oneshot)
{
    private static readonly string[] Installing = ["WantedBy", "RequiredBy", "UpheldBy", "Also", "Alias"];

    /// <summary>Reads the text of systemd.syntax(7); what is no setting is passed over.</summary>
    public static UnitText Parse(string text)
    {
        var (section, installable, oneshot) = ("", false, false);
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.Trim();
            if (line.IsEmpty || line[0] is '#' or ';') continue;
            if (line[0] == '[') section = line.ToString();
            if (line.IndexOf('=') is not (> 0 and var equals)) continue;
            var key = line[..equals].Trim();
            var value = line[(equals + 1)..].Trim();
            if (section == "[Install]" && !value.IsEmpty && Names(key)) installable = true;
            else if (section == "[Service]" && key.SequenceEqual("Type")) oneshot = value.SequenceEqual("oneshot");
        }
        return new UnitText(installable, oneshot);
    }

    private static bool Names(ReadOnlySpan<char> key)
    {
        foreach (var one in Installing)
            if (key.SequenceEqual(one)) return true;
        return false;
    }
}
