using System.Text;

namespace Sandbox.Agent.Encryption.Tls;

/// <summary>A setting of a server's configuration.</summary>
/// <param name="Name">As written.</param>
/// <param name="Values">What follows, without quotation marks.</param>
/// <param name="Line">From 1.</param>
internal readonly record struct ConfigStatement(string Name, IReadOnlyList<string> Values, int Line);

/// <summary>
/// What the configurations of nginx, Apache, Postfix, Dovecot, CUPS and OpenLDAP have in common: a name, an equals sign, a colon or a blank, values; a statement ends
/// with its line or, in nginx, with a semicolon or a brace. Enough to find one setting, not to understand the rest.
/// </summary>
internal static class ConfigStatements
{
    private const int MostValues = 50;

    /// <summary>Those with one of the names, in the order of the text.</summary>
    public static IEnumerable<ConfigStatement> Of(string text, IReadOnlyCollection<string> names)
    {
        var (number, name) = (0, "");
        foreach (var raw in text.Split('\n'))
        {
            number++;
            if (raw.Length > 4096) continue;
            // Postfix goes on with a setting in lines that begin with a blank: postconf(5).
            var goesOn = raw.Length > 0 && char.IsWhiteSpace(raw[0]) && name.Length > 0;
            var first = true;
            foreach (var words in Statements(raw))
            {
                var known = Known(words[0], names);
                if (known is not null) yield return new(name = known, words[1..], number);
                else if (first && goesOn && name.StartsWith("smtpd", StringComparison.Ordinal)) yield return new(name, words, number);
                else name = "";
                first = false;
            }
        }
    }

    private static string? Known(string word, IReadOnlyCollection<string> names) => names.FirstOrDefault(name => name.Equals(word, StringComparison.OrdinalIgnoreCase));

    private static List<List<string>> Statements(string line)
    {
        var (statements, words, word) = (new List<List<string>>(), new List<string>(), new StringBuilder());
        var quote = '\0';
        foreach (var c in line)
        {
            if (quote != '\0' && c != quote) word.Append(c);
            else if (quote != '\0') quote = '\0';
            else if (c is '"' or '\'') quote = c;
            else if (c == '#' && word.Length == 0) break;
            else if (c is ';' or '{' or '}') End(words, word, statements);
            else if (char.IsWhiteSpace(c) || c is ',' or '<' || (c is '=' or ':' && words.Count == 0)) EndWord(words, word);
            else if (c != '=' || word.Length > 0) word.Append(c);
        }
        End(words, word, statements);
        return statements;
    }

    private static void EndWord(List<string> words, StringBuilder word)
    {
        if (word.Length > 0 && words.Count < MostValues) words.Add(word.ToString());
        word.Clear();
    }

    private static void End(List<string> words, StringBuilder word, List<List<string>> statements)
    {
        EndWord(words, word);
        if (words.Count > 0) statements.Add([.. words]);
        words.Clear();
    }
}
