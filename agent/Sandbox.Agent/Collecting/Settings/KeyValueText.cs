namespace Sandbox.Agent.Collecting.Settings;

/// <summary>
/// Lines of <c>name = value</c>, <c>name value</c> or a bare <c>name</c>, a comment from <c>#</c> to the end: pwquality.conf(5),
/// faillock.conf(5), pwhistory.conf(5).
/// </summary>
internal static class KeyValueText
{
    /// <summary>Every setting in the order of the text.</summary>
    public static List<Setting> Parse(string text, string path)
    {
        var found = new List<Setting>();
        var number = 0u;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            number++;
            var line = Uncommented(text.AsSpan(range));
            if (line.IsEmpty) continue;
            var end = line.IndexOfAny(" \t=");
            var value = end < 0 ? default : line[end..].TrimStart(" \t=");
            found.Add(new Setting((end < 0 ? line : line[..end]).ToString(), value.ToString(), path, number));
        }

        return found;
    }

    private static ReadOnlySpan<char> Uncommented(ReadOnlySpan<char> line)
    {
        var comment = line.IndexOf('#');
        return (comment < 0 ? line : line[..comment]).Trim();
    }
}
