using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.AdminRights;

/// <summary>nsswitch.conf(5): where else sudo looks for rules.</summary>
internal static class OtherSources
{
    public const string Source = "/etc/nsswitch.conf";

    /// <summary>In their order, each once; none when there is no such file or no line for sudoers, which means the file alone.</summary>
    public static IEnumerable<string> Read(RootFolder root, UnseenNotes unseen)
    {
        if (!root.Has(Source)) return [];
        if (root.TryRead(Source, out var text, out var fault)) return Of(text);
        unseen.Add(fault);
        return [];
    }

    private static IEnumerable<string> Of(string text)
    {
        var found = new List<string>();
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Split('#')[0].Trim();
            if (!line.StartsWith("sudoers:", StringComparison.Ordinal)) continue;
            var words = line["sudoers:".Length..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            found.AddRange(words.Where(word => word[0] != '[' && word != "files"));
        }

        return found.Distinct().Take(10);
    }
}
