using System.Text;

namespace Sandbox.Agent.AdminRights;

/// <summary>
/// The lines of sudoers(5) as sudo's scanner joins them: a backslash at the end continues a line, <c>#</c> begins a comment unless a number
/// or an include follows, and a comment is never continued.
/// </summary>
internal static class SudoersLines
{
    /// <summary>Every line that says something, without comment, with the number of its first line in the text.</summary>
    public static IEnumerable<(uint Number, string Text)> Of(string text)
    {
        var line = new StringBuilder();
        var (number, first, quoted) = (1u, 1u, false);
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            var ahead = text.AsSpan(at + 1);
            if (c == '\\' && Newline(ahead) is > 0 and var skip)
            {
                if (!quoted) line.Append(' ');
                (at, number) = (at + skip, number + 1);
            }
            else if (c == '\n')
            {
                if (Said(line) is { } said) yield return (first, said);
                (number, quoted) = (number + 1, false);
                first = number;
            }
            else if (c == '#' && !quoted && !IsNumber(ahead) && !(line.Length == 0 && IsInclude(ahead)))
            {
                at += ahead.IndexOf('\n') is >= 0 and var end ? end : ahead.Length;
            }
            else
            {
                if (c == '"' && IsDefaults(line)) quoted = !quoted;
                line.Append(c);
                if (c == '\\' && ahead.Length > 0) line.Append(text[++at]);
            }
        }

        if (Said(line) is { } last) yield return (first, last);
    }

    private static string? Said(StringBuilder line)
    {
        var text = line.ToString().Trim();
        line.Clear();
        return text.Length == 0 ? null : text;
    }

    // Only there may a value in quotes hold the sign of a comment; arguments of commands know no quotes.
    private static bool IsDefaults(StringBuilder line) => line.Length > 8 && line.ToString(0, 8) == "Defaults";

    private static int Newline(ReadOnlySpan<char> ahead) => ahead switch { ['\n', ..] => 1, ['\r', '\n', ..] => 2, _ => 0 };

    private static bool IsNumber(ReadOnlySpan<char> ahead) => ahead is [>= '0' and <= '9', ..] or ['-', >= '0' and <= '9', ..];

    private static bool IsInclude(ReadOnlySpan<char> ahead) => ahead.StartsWith("include ") || ahead.StartsWith("include\t") || ahead.StartsWith("includedir");
}
