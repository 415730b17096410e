using System.Globalization;
using System.Text;

namespace Sandbox.Verify.Words;

/// <summary>
/// Lines as a terminal may be given them. Reasons, names and words come out of a log that somebody else wrote: what would move the cursor, clear the
/// screen, begin another line or turn the order of letters round is spelled out, so that no log can write a verdict of its own onto an auditor's screen.
/// </summary>
internal static class TerminalText
{
    /// <summary>The line with every such character as its number in hexadecimal digits.</summary>
    public static string Of(string line)
    {
        if (!line.Any(IsUnsafe)) return line;
        var text = new StringBuilder(line.Length + 16);
        foreach (var letter in line) _ = IsUnsafe(letter) ? text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}") : text.Append(letter);
        return text.ToString();
    }

    /// <summary>A text of some lines.</summary>
    public static string OfLines(string lines) => string.Join(Environment.NewLine, lines.Split(["\r\n", "\n"], StringSplitOptions.None).Select(Of));

    // The marks, embeddings, overrides and isolates of the bidirectional algorithm: UAX #9, table 1 and section 2.
    private static bool IsUnsafe(char letter) =>
        letter is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')
        || char.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
