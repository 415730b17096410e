using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Settings;

namespace Sandbox.Agent.Shares.Samba;

/// <summary>smb.conf(5) with what it includes, read in Samba's order: a section that is named again goes on, and an included file leaves its last section open.</summary>
internal sealed class SmbConf(RootFolder root, UnseenNotes unseen)
{
    public const string Main = "/etc/samba/smb.conf";

    private const int Deepest = 10;
    private const int MostLines = 20_000;
    private const int LongestLine = 4096;
    private const int MostShares = 300;
    private readonly SortedDictionary<string, SmbSection> _shares = new(StringComparer.Ordinal);
    private SmbSection? _open;
    private int _lines;

    /// <summary>[global], and everything above the first section.</summary>
    public SmbSection Global { get; } = new("global", Main, 1);

    /// <summary>The others, sorted by name.</summary>
    public IEnumerable<SmbSection> Shares => _shares.Values;

    /// <summary>False: the main file is not there, or it cannot be read, which is noted.</summary>
    public bool Read()
    {
        _open = Global;
        return Add(Main, 0);
    }

    private bool Add(string path, int depth)
    {
        if (!root.TryRead(path, out var text, out var fault))
        {
            if (depth > 0 || !Why.IsAbsent(fault)) unseen.Add(fault);
            return false;
        }
        foreach (var (line, number) in Lines(text))
        {
            if (++_lines > MostLines) break;
            if (line is [] or [';' or '#', ..]) continue;
            if (line is ['[', .. var head] && head.IndexOf(']') is > 0 and var end) Open(head[..end], path, number);
            else if (line.IndexOf('=') is > 0 and var equals) Take(line[..equals], line[(equals + 1)..].Trim(), path, number, depth);
        }
        return true;
    }

    private void Open(string name, string path, uint line)
    {
        var key = name.ToLowerInvariant();
        if (SmbName.Squeezed(name) is "global" or "globals") _open = Global;
        else if (_shares.TryGetValue(key, out var known)) _open = known;
        else if (_shares.Count == MostShares) _open = null;
        else
        {
            _shares[key] = _open = new SmbSection(ShortText.Of(name, 80) ?? "", path, line);
            _open.Inherit(Global);
        }
    }

    private void Take(string name, string value, string path, uint line, int depth)
    {
        switch (SmbName.Squeezed(name))
        {
            case "include": Include(value, path, line, depth); break;
            case "configfile" when _open == Global: unseen.Add(Why.Of(path, $"line {line}: the settings are taken from another file, which is not followed", "See all of it: testparm -s")); break;
            case "copy" when _shares.TryGetValue(value.ToLowerInvariant(), out var other) && other != _open: _open?.Copy(other); break;
            default:
                if (SmbName.Of(name) is { } known && (known.Name.IsOfShare || _open == Global)) _open?.Set(known.Name, known.Opposite, new Setting(name.Trim(), value, path, line));
                break;
        }
    }

    private void Include(string target, string path, uint line, int depth)
    {
        if (target.Contains('%', StringComparison.Ordinal)) unseen.Add(Why.Of(path, $"line {line}: which file it includes depends on who comes, so it is not read"));
        else if (!target.StartsWith('/')) unseen.Add(Why.Of(path, $"line {line}: settings of the registry are not read", "See all of it: testparm -s"));
        else if (depth == Deepest) unseen.Add(Why.Of(path, $"line {line}: too many files include each other"));
        else Add(target, depth + 1);
    }

    // A backslash at the end goes on with the next line, but for a comment; blanks where they meet count as one.
    private static IEnumerable<(string Line, uint Number)> Lines(string text)
    {
        var (number, begun, first) = (0u, "", 0u);
        foreach (var raw in text.Split('\n'))
        {
            number++;
            if (begun.Length == 0) first = number;
            var whole = begun.Length > 0 && raw is [' ' or '\t', ..] ? $"{begun.TrimEnd()} {raw.Trim()}" : begun + raw.Trim();
            if (whole is [not ('#' or ';'), .., '\\'] && whole.Length < LongestLine)
            {
                begun = whole[..^1];
                continue;
            }
            begun = "";
            if (whole.Length <= LongestLine) yield return (whole, first);
        }
    }
}
