using System.Net;
using System.Text;

namespace Sandbox.Agent.AdminRights;

/// <summary>Walks through one line of sudoers(5), word by word.</summary>
internal sealed class SudoersCursor(string text)
{
    private const string EndsName = " \t,:=()!<>\"";
    private const string EndsPath = " \t,:=";
    private const string EndsArguments = ",:=";
    private const string InAddress = "0123456789abcdefABCDEF:.";
    private int _at;

    /// <summary>Nothing but blanks is left.</summary>
    public bool AtEnd => !SkipBlanks();

    /// <summary>Takes the character when it comes next.</summary>
    public bool Take(char c)
    {
        if (!Sees(c)) return false;
        _at++;
        return true;
    }

    /// <summary>Whether the character comes next.</summary>
    public bool Sees(char c) => SkipBlanks() && text[_at] == c;

    /// <summary>Any number of <c>!</c>: whether they negate.</summary>
    public bool TakeNot()
    {
        var not = false;
        while (Take('!')) not = !not;
        return not;
    }

    /// <summary>Takes a word of capitals when <paramref name="end"/> follows it: a tag before <c>:</c>, an option before <c>=</c>. Null: none.</summary>
    public string? TakeMark(IReadOnlyCollection<string> known, char end)
    {
        SkipBlanks();
        var stop = _at;
        while (stop < text.Length && (char.IsAsciiLetterUpper(text[stop]) || text[stop] == '_')) stop++;
        var word = text[_at..stop];
        while (stop < text.Length && text[stop] is ' ' or '\t') stop++;
        if (stop >= text.Length || text[stop] != end || !known.Contains(word)) return null;
        _at = stop + 1;
        return word;
    }

    /// <summary>The name of a user, group, host, alias or setting, with its sign (<c>%</c>, <c>#</c>, <c>+</c>). Null: there is none, or nothing but the sign.</summary>
    public string? Name()
    {
        if (!SkipBlanks()) return null;
        if (Address() is { } address) return address;
        var start = _at;
        if (text[_at] == '%' && Ahead(1) is ':' or '#') _at += 2;
        else if (text[_at] is '%' or '+') _at++;
        var sign = text[start.._at];
        var name = _at < text.Length && text[_at] == '"' ? Quoted() : Upto(EndsName);
        return name is null || sign + name is "" or "%" or "%:" or "+" ? null : sign + name;
    }

    /// <summary>The value of a setting or an option: in quotes, or up to a blank or a comma. Null: there is none, or the quotes do not end.</summary>
    public string? Value() => (Sees('"') ? Quoted() : Upto(" \t,")) is { Length: > 0 } value ? value : null;

    /// <summary>The path of a command, with its arguments skipped. Null: there is none.</summary>
    public string? Command()
    {
        if (!SkipBlanks()) return null;
        var path = text[_at] == '^' ? Expression() : Upto(EndsPath);
        if (path.Length == 0) return null;
        // Neither ALL nor an alias has arguments: what follows them is a fault.
        if (path[0] is not ('/' or '^') && path is not ("sudoedit" or "list")) return path;
        if (Sees('^')) Expression();
        else Upto(EndsArguments);
        return path;
    }

    /// <summary>A checksum before a command. Null: there is none.</summary>
    public string? Digest() => SkipBlanks() && Upto(" \t,:") is { Length: > 0 } digest ? digest : null;

    private char Ahead(int by) => _at + by < text.Length ? text[_at + by] : '\0';

    private bool SkipBlanks()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
        return _at < text.Length;
    }

    // A backslash takes the next character as it is.
    private string Upto(string ends)
    {
        var word = new StringBuilder();
        for (; _at < text.Length && !ends.Contains(text[_at], StringComparison.Ordinal); _at++)
        {
            if (text[_at] == '\\' && _at + 1 < text.Length) _at++;
            word.Append(text[_at]);
        }

        return word.ToString();
    }

    // A regular expression ends with a `$` behind which something else begins; commas and colons belong to it.
    private string Expression()
    {
        var start = _at;
        while (_at < text.Length && !(text[_at] == '$' && Ahead(1) is '\0' or ' ' or '\t' or ',' or ':')) _at += text[_at] == '\\' ? 2 : 1;
        _at = Math.Min(_at + 1, text.Length);
        return text[start.._at];
    }

    private string? Quoted()
    {
        _at++;
        var word = Upto("\"");
        if (_at >= text.Length) return null;
        _at++;
        return word;
    }

    // The colons of an IPv6 address end no word.
    private string? Address()
    {
        var stop = _at;
        while (stop < text.Length && InAddress.Contains(text[stop], StringComparison.Ordinal)) stop++;
        if (!IPAddress.TryParse(text.AsSpan(_at, stop - _at), out var address) || !address.ToString().Contains(':', StringComparison.Ordinal)) return null;
        while (stop < text.Length && (char.IsAsciiHexDigit(text[stop]) || text[stop] is '/' or ':')) stop++;
        var found = text[_at..stop];
        _at = stop;
        return found;
    }
}
