using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Settings;

namespace Sandbox.Agent.Shares.Mail;

/// <summary>
/// dovecot.conf and what it includes: <c>name = value</c> inside blocks of braces. A setting is named by its blocks, as doveconf(1) names it: <c>plugin/quota_rule</c>, <c>protocol imap/mail_plugins</c>.
/// </summary>
internal sealed class DovecotConf(RootFolder root, UnseenNotes unseen)
{
    public const string Main = "/etc/dovecot/dovecot.conf";

    private const int Deepest = 10;
    private const int MostLines = 20_000;
    private const int MostBlocks = 10;
    private const int LongestLine = 1000;
    private readonly List<Setting> _found = [];
    private int _lines;

    /// <summary>All settings in the order of reading. Null: the main file is not there, or it cannot be read, which is noted.</summary>
    public IReadOnlyList<Setting>? Read() => Add(Main, 0) ? _found : null;

    private bool Add(string path, int depth)
    {
        if (!root.TryRead(path, out var text, out var fault))
        {
            if (depth > 0 || !Why.IsAbsent(fault)) unseen.Add(fault);
            return false;
        }
        var (blocks, number) = (new List<string>(), 0u);
        foreach (var raw in text.Split('\n'))
        {
            number++;
            if (++_lines > MostLines) break;
            if (raw.Length > LongestLine) continue;
            var line = Uncommented(raw).Trim();
            if (line.StartsWith("!include", StringComparison.Ordinal)) Include(line, path, number, depth);
            else if (line == "}")
            {
                if (blocks.Count > 0) blocks.RemoveAt(blocks.Count - 1);
            }
            else if (line.EndsWith('{')) Open(blocks, line[..^1].Trim());
            else if (line.IndexOf('=') is > 0 and var equals) _found.Add(new Setting(string.Join('/', [.. blocks, line[..equals].Trim()]), Unquoted(line[(equals + 1)..].Trim()), path, number));
        }
        return true;
    }

    private static void Open(List<string> blocks, string head)
    {
        if (blocks.Count < MostBlocks) blocks.Add(ShortText.Of(head, 80) ?? "");
    }

    private void Include(string line, string path, uint number, int depth)
    {
        var words = line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2) return;
        if (depth == Deepest)
        {
            unseen.Add(Why.Of(path, $"line {number}: too many files include each other"));
            return;
        }
        var target = words[1].StartsWith('/') ? words[1] : $"{path[..path.LastIndexOf('/')]}/{words[1]}";
        foreach (var file in PathPattern.Expand(root, target, unseen)) Add(file, depth + 1);
    }

    // A number sign behind a blank begins a comment.
    private static string Uncommented(string line)
    {
        for (var at = line.IndexOf('#'); at >= 0; at = line.IndexOf('#', at + 1))
            if (at == 0 || char.IsWhiteSpace(line[at - 1])) return line[..at];
        return line;
    }

    private static string Unquoted(string value) => value is ['"' or '\'', .. var inner, '"' or '\''] ? inner : value;
}
