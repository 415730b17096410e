using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sandbox.Agent.Acts.Audit;

/// <summary>Names and values of an audit record. Where a name stands twice the first one counts: what comes later may be the sender's.</summary>
internal sealed class AuditFields
{
    private const int Most = 64;
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789ABCDEFabcdef");
    private readonly Dictionary<string, string> _values = [];

    /// <summary>Reads <c>op=adding user id=1002 exe="/usr/sbin/useradd" cmd=6C73</c>: a value without quotation marks goes on to the next name.</summary>
    public static AuditFields Parse(ReadOnlySpan<byte> text) => Parse(Encoding.UTF8.GetString(text));

    /// <summary>The same.</summary>
    public static AuditFields Parse(string text)
    {
        var fields = new AuditFields();
        string? name = null;
        for (var rest = text.AsSpan().Trim(); !rest.IsEmpty && fields._values.Count < Most;)
        {
            var word = rest[..Word(rest)];
            rest = rest[word.Length..].TrimStart(" ,");
            var equals = word.IndexOf('=');
            if (equals > 0) fields._values.TryAdd(name = word[..equals].ToString(), word[(equals + 1)..].ToString());
            else if (name is not null) fields._values[name] += $" {word}";
        }
        return fields;
    }

    /// <summary>The value without its quotation marks. Null: absent, or <c>?</c>, which says as much.</summary>
    public string? Text(string name) => _values.GetValueOrDefault(name) is { Length: > 0 } value && value is not ("?" or "(null)") ? value.Trim('"') : null;

    /// <summary>A value that a user could choose: in quotation marks, or in hexadecimal where it holds anything odd. Null: absent.</summary>
    public string? Encoded(string name)
    {
        if (_values.GetValueOrDefault(name) is not { Length: > 0 } value || value is "?" or "(null)") return null;
        if (value[0] == '"') return value.Trim('"');
        var isHex = value.Length % 2 == 0 && !value.AsSpan().ContainsAnyExcept(Hexadecimal);
        return isHex ? Encoding.UTF8.GetString(Convert.FromHexString(value)) : value;
    }

    /// <summary>Null: absent or no number.</summary>
    public uint? Number(string name) =>
        uint.TryParse(_values.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // To the blank behind it; blanks within quotation marks belong to the value.
    private static int Word(ReadOnlySpan<char> rest)
    {
        var quoted = false;
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] == '"') quoted = !quoted;
            else if (rest[i] is ' ' && !quoted) return i;
        }
        return rest.Length;
    }
}
