namespace Sandbox.Agent.AdminRights;

/// <summary>The aliases of sudoers(5), and lists with their aliases replaced by what they stand for.</summary>
internal sealed class SudoAliases
{
    // More than any real list; it bounds aliases that hold each other many times over.
    private const int Most = 1000;
    private const int Deepest = 20;
    private readonly Dictionary<(AliasKind Kind, string Name), IReadOnlyList<Listed>> _known = [];

    /// <summary>What an alias lists.</summary>
    public enum AliasKind
    {
        User,
        Target,
        Host,
        Command,
    }

    /// <summary>Capitals, digits and underscores, a capital first; <c>ALL</c> looks like one, too.</summary>
    public static bool IsName(string name)
    {
        if (name.Length == 0 || !char.IsAsciiLetterUpper(name[0])) return false;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c) && c != '_') return false;
        }

        return true;
    }

    /// <summary>Takes <c>NAME = a, b : NAME = c</c>. False: it is no such thing, or a name is taken already.</summary>
    public bool Define(AliasKind kind, string text)
    {
        var cursor = new SudoersCursor(text);
        do
        {
            if (cursor.Name() is not { } name || !IsName(name) || name == "ALL" || !cursor.Take('=')) return false;
            var list = kind == AliasKind.Command ? SudoRuleText.CommandNames(cursor) : SudoRuleText.Names(cursor);
            if (list is null || !_known.TryAdd((kind, name), list)) return false;
        }
        while (cursor.Take(':'));
        return cursor.AtEnd;
    }

    /// <summary>The list without aliases; an alias that nothing defines stays as it is.</summary>
    public List<Listed> Expand(AliasKind kind, IReadOnlyList<Listed> list)
    {
        var found = new List<Listed>();
        Add(kind, list, false, null, 0, found);
        return found;
    }

    private void Add(AliasKind kind, IReadOnlyList<Listed> list, bool not, string? alias, int depth, List<Listed> found)
    {
        foreach (var one in list)
        {
            if (found.Count == Most) return;
            if (_known.TryGetValue((kind, one.Name), out var inner))
            {
                if (depth < Deepest) Add(kind, inner, not ^ one.Not, alias ?? one.Name, depth + 1, found);
            }
            else found.Add(new Listed(one.Name, not ^ one.Not, alias));
        }
    }
}
