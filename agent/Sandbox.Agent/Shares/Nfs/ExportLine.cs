using System.Text;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Shares.Nfs;

/// <summary>A client of a line of exports(5).</summary>
/// <param name="Name"><c>*</c>: everybody.</param>
/// <param name="Options">The line's own ones for all clients first, then the client's.</param>
internal sealed record ExportClient(string Name, IReadOnlyList<string> Options);

/// <summary>
/// A line of exports(5): a folder, then clients, each with options in brackets behind it. A blank before the bracket makes it a client of its own: everybody.
/// </summary>
/// <param name="Path">The folder.</param>
/// <param name="Clients">At least one.</param>
internal sealed record ExportLine(string Path, IReadOnlyList<ExportClient> Clients)
{
    private const int MostOptions = 50;

    /// <summary>Null: no such line.</summary>
    public static ExportLine? Parse(string line)
    {
        var words = Words(line);
        if (words.Count == 0 || !words[0].StartsWith('/')) return null;
        var (shared, clients) = (Array.Empty<string>(), new List<ExportClient>());
        foreach (var word in words[1..])
        {
            if (word is ['-', .. var all])
            {
                shared = Options(all);
                continue;
            }
            var bracket = word.IndexOf('(');
            var name = bracket < 0 ? word : word[..bracket];
            var own = bracket < 0 ? [] : Options(word[(bracket + 1)..].TrimEnd(')'));
            clients.Add(new ExportClient(name.Length == 0 ? "*" : name, [.. shared.Concat(own).Take(MostOptions)]));
        }
        if (clients.Count == 0) clients.Add(new ExportClient("*", shared));
        return new ExportLine(words[0], clients);
    }

    private static string[] Options(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // Quotation marks hold a folder's name together, three octal digits stand for a character.
    private static List<string> Words(string line)
    {
        var (words, word, quoted) = (new List<string>(), new StringBuilder(), false);
        foreach (var letter in line)
        {
            if (letter == '"') quoted = !quoted;
            else if (letter == '#' && !quoted && word.Length == 0) break;
            else if (!quoted && char.IsWhiteSpace(letter)) End(words, word);
            else word.Append(letter);
        }
        End(words, word);
        return words;
    }

    private static void End(List<string> words, StringBuilder word)
    {
        if (word.Length > 0) words.Add(Mount.Unescape(word.ToString()));
        word.Clear();
    }
}
