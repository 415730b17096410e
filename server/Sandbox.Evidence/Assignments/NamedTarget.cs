namespace Sandbox.Evidence.Assignments;

/// <summary>Whether evidence is about something of a name. Targets say more than the name, so that each thing counts once: <c>noor (uid 1004)</c>, <c>printer office (printer.lab)</c>.</summary>
internal static class NamedTarget
{
    // First words of targets: Crediting.Additions.
    private static readonly string[] Sorts = ["package ", "printer ", "share ", "service ", "file system ", "wireless network ", "interface ", "tunnel "];

    /// <summary>Whether a target has this name.</summary>
    /// <param name="target"><see cref="Crediting.EvidenceItem.Target"/>.</param>
    /// <param name="name">What somebody typed.</param>
    public static bool Is(string target, string name)
    {
        var sort = Array.Find(Sorts, one => target.StartsWith(one, StringComparison.Ordinal)) ?? "";
        var bare = target[sort.Length..];
        var end = bare.LastIndexOf(" (", StringComparison.Ordinal);
        if (end > 0) bare = bare[..end];
        return bare == name || target == name || bare == $"{name}.service" || bare.EndsWith($" of {name}", StringComparison.Ordinal) || bare.StartsWith($"{name} in ", StringComparison.Ordinal);
    }
}
