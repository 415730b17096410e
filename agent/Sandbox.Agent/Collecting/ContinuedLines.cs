namespace Sandbox.Agent.Collecting;

/// <summary>Lines as shells, systemd and exports(5) join them.</summary>
internal static class ContinuedLines
{
    private const int Longest = 64 << 10;

    /// <summary>One that ends with a backslash goes on in the next, with a blank between. The number is that of the first.</summary>
    public static IEnumerable<(string Text, uint Number)> Of(string text)
    {
        var (number, first, before) = (0u, 0u, "");
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (before.Length == 0) first = number;
            if (line.EndsWith('\\') && before.Length < Longest)
            {
                before += line[..^1] + " ";
                continue;
            }
            yield return (before + line, first);
            before = "";
        }
        if (before.Length > 0) yield return (before, first);
    }
}
