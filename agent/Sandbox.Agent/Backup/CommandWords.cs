using System.Text;

namespace Sandbox.Agent.Backup;

/// <summary>The words of a command as a shell or systemd splits it, as far as quotation marks go; a comment, a pipe or a second command ends them.</summary>
internal static class CommandWords
{
    private const int Most = 200;

    /// <summary>Words of every command in the line.</summary>
    public static IEnumerable<List<string>> Of(string line)
    {
        var (words, word) = (new List<string>(), new StringBuilder());
        var (quote, inWord) = ('\0', false);
        foreach (var c in line)
        {
            if (quote != '\0' && c != quote) word.Append(c);
            else if (quote != '\0') quote = '\0';
            else if (c is '"' or '\'') (quote, inWord) = (c, true);
            else if (c == '#' && !inWord) break;
            else if (c is '|' or ';' or '&' or '(' or ')' or '>' or '<' || char.IsWhiteSpace(c))
            {
                End(words, word, inWord);
                inWord = false;
                if (char.IsWhiteSpace(c)) continue;
                if (words.Count > 0) yield return words;
                words = [];
            }
            else if (c != '\\')
            {
                word.Append(c);
                inWord = true;
            }
        }
        End(words, word, inWord);
        if (words.Count > 0) yield return words;
    }

    private static void End(List<string> words, StringBuilder word, bool inWord)
    {
        if (inWord && words.Count < Most) words.Add(word.ToString());
        word.Clear();
    }
}
