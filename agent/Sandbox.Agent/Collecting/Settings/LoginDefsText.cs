namespace Sandbox.Agent.Collecting.Settings;

/// <summary>
/// The text of login.defs(5), read as getdef.c of shadow does: a name, white space, then the rest of the line up to a quotation mark.
/// A <c>#</c> makes a comment only at the start of a line; behind a value it belongs to the value.
/// </summary>
internal static class LoginDefsText
{
    /// <summary>Every setting in the order of the text; a name without a value is none.</summary>
    public static List<Setting> Parse(string text, string path)
    {
        var found = new List<Setting>();
        var number = 0u;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            number++;
            var line = text.AsSpan(range).Trim();
            if (line.IsEmpty || line[0] == '#' || line.IndexOfAny(' ', '\t') is not (> 0 and var end)) continue;
            var value = line[end..].TrimStart(" \t\"");
            var quote = value.IndexOf('"');
            found.Add(new Setting(line[..end].ToString(), (quote < 0 ? value : value[..quote]).ToString(), path, number));
        }

        return found;
    }
}
