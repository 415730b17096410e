using System.Text;

namespace Sandbox.Agent.RemoteAccess.Ssh;

/// <summary>One line of sshd_config(5): a keyword, an optional <c>=</c>, and arguments as argv_split of OpenSSH takes them apart.</summary>
/// <param name="Keyword">As written.</param>
/// <param name="Arguments">Without quotes; a <c>#</c> at the start of one ends the line.</param>
internal sealed record SshdLine(string Keyword, IReadOnlyList<string> Arguments)
{
    private const string Blanks = " \t\r\f";

    /// <summary>Null: a comment, an empty line, or one that sshd does not take, and then <paramref name="fault"/> says why.</summary>
    public static SshdLine? Parse(ReadOnlySpan<char> text, out string? fault)
    {
        fault = null;
        var line = text.Trim(Blanks);
        if (line.IsEmpty || line[0] == '#') return null;
        var end = line.IndexOfAny(" \t=");
        var keyword = (end < 0 ? line : line[..end]).ToString();
        var rest = end < 0 ? default : line[end..].TrimStart(Blanks);
        if (rest is ['=', .. var behind]) rest = behind.TrimStart(Blanks);
        if (Split(rest) is not { } arguments) fault = "the quotes do not end";
        else if (arguments.Count == 0) fault = $"{Word(keyword)} has no value";
        else return new SshdLine(keyword, arguments);
        return null;
    }

    // A keyword that is none may be anything: it is not repeated.
    private static string Word(string keyword) => SshdKeywords.Find(keyword)?.Name ?? "the keyword";

    private static List<string>? Split(ReadOnlySpan<char> text)
    {
        var found = new List<string>();
        for (var at = 0; at < text.Length; at++)
        {
            if (Blanks.Contains(text[at], StringComparison.Ordinal)) continue;
            if (text[at] == '#') break;
            if (Argument(text, ref at) is not { } argument) return null;
            found.Add(argument);
        }

        return found;
    }

    private static string? Argument(ReadOnlySpan<char> text, ref int at)
    {
        var (word, quote) = (new StringBuilder(), '\0');
        for (; at < text.Length; at++)
        {
            var c = text[at];
            var next = at + 1 < text.Length ? text[at + 1] : '\0';
            if (c == '\\' && (next is '\'' or '"' or '\\' || (quote == '\0' && next == ' '))) word.Append(text[++at]);
            else if (quote == '\0' && c is ' ' or '\t' && quote == '\0') break;
            else if (quote == '\0' && c is '"' or '\'' && quote == '\0') quote = c;
            else if (quote != '\0' && c == quote) quote = '\0';
            else word.Append(c);
        }

        return quote == '\0' ? word.ToString() : null;
    }
}
