using System.Globalization;
using System.Text;

namespace Sandbox.Ledger;

/// <summary>The lines of a leaf, read one after the other.</summary>
internal sealed class LeafLines(ReadOnlySpan<byte> leaf)
{
    internal const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    private readonly string[] _lines = Encoding.UTF8.GetString(leaf).Split('\n');
    private int _next;

    private string Next => _next < _lines.Length ? _lines[_next] : "";

    /// <summary>A line that must stand here.</summary>
    public void Require(string line)
    {
        if (Next != line) throw new FormatException($"A leaf begins with '{line}', not with '{Next}'.");
        _next++;
    }

    public EntryKind Kind(string name)
    {
        if (Peek(name) is not { Length: > 0 } word || !word.All(char.IsAsciiLetterLower)) throw Wrong(name);
        return Enum.TryParse<EntryKind>(word, ignoreCase: true, out var kind) ? Take(kind) : throw new UnknownKindException(word);
    }

    public DateTimeOffset Time(string name) =>
        DateTimeOffset.TryParseExact(Peek(name), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? Take(time) : throw Wrong(name);

    /// <summary>Hexadecimal digits. Null: there is no such line.</summary>
    public byte[]? Bytes(string name, int length)
    {
        if (Peek(name) is not { } digits) return null;
        return digits.Length == 2 * length && digits.All(char.IsAsciiHexDigit) ? Take(Convert.FromHexString(digits)) : throw Wrong(name);
    }

    /// <summary>Nothing may follow but the last line feed.</summary>
    public void End()
    {
        if (_next != _lines.Length - 1 || Next.Length > 0) throw new FormatException($"After its line 'body' a leaf has a line feed and nothing else; this one has '{Next}'.");
    }

    public FormatException Wrong(string name) => new($"Line {_next + 1} of a leaf should be '{name}' with its value; it is '{Next}'.");

    private string? Peek(string name) => Next.StartsWith(name + " ", StringComparison.Ordinal) ? Next[(name.Length + 1)..] : null;

    private T Take<T>(T value)
    {
        _next++;
        return value;
    }
}
