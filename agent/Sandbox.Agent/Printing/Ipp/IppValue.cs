using System.Buffers.Binary;
using System.Text;

namespace Sandbox.Agent.Printing.Ipp;

/// <summary>One value of an attribute: RFC 8010 §3.9.</summary>
/// <param name="Tag">What kind of value it is.</param>
/// <param name="Bytes">As they came.</param>
internal readonly record struct IppValue(byte Tag, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Kinds of values: RFC 8010 §3.5.2.</summary>
    public const byte Integer = 0x21, Boolean = 0x22, Enumeration = 0x23, TextWithLanguage = 0x35, NameWithLanguage = 0x36, Name = 0x42, Keyword = 0x44, Uri = 0x45, Charset = 0x47, NaturalLanguage = 0x48;

    private const byte FirstText = 0x41, LastText = 0x49;

    /// <summary>An integer or the number of an enumeration. Null: something else.</summary>
    public int? Number => Tag is Integer or Enumeration && Bytes.Length == sizeof(int) ? BinaryPrimitives.ReadInt32BigEndian(Bytes.Span) : null;

    /// <summary>Null: no truth value.</summary>
    public bool? Truth => Tag == Boolean && Bytes.Length == 1 && Bytes.Span[0] <= 1 ? Bytes.Span[0] == 1 : null;

    /// <summary>A text, name, keyword or address, without its language. Null: something else.</summary>
    public string? Text => Tag switch
    {
        >= FirstText and <= LastText => Encoding.UTF8.GetString(Bytes.Span),
        TextWithLanguage or NameWithLanguage => SecondPart(Bytes.Span),
        _ => null,
    };

    // Length and language, length and text.
    private static string? SecondPart(ReadOnlySpan<byte> bytes) => Skipped(ref bytes) is null || Skipped(ref bytes) is not { } text ? null : text;

    private static string? Skipped(ref ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < sizeof(ushort)) return null;
        var end = sizeof(ushort) + BinaryPrimitives.ReadUInt16BigEndian(bytes);
        if (end > bytes.Length) return null;
        var text = Encoding.UTF8.GetString(bytes[sizeof(ushort)..end]);
        bytes = bytes[end..];
        return text;
    }
}
