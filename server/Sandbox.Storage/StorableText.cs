using System.Security.Cryptography;
using System.Text;

namespace Sandbox.Storage;

/// <summary>
/// Text as every database can keep it. What devices and people say may hold characters that one of them refuses (PostgreSQL has no NUL in
/// text), and a refused character must not take the rest of a transaction with it. U+FFFD stands in their place.
/// </summary>
public static class StorableText
{
    /// <summary>Longest text in a key, in characters: PostgreSQL's indexes take 2,704 bytes a row.</summary>
    public const int LongestKey = 500;

    private const int HashDigits = 32;

    /// <summary>The text without NUL and without halves of surrogate pairs.</summary>
    public static string Of(string text) => IsStorable(text) ? text : Mended(text);

    /// <summary>
    /// The same for text that is part of a key: one that is longer than <see cref="LongestKey"/> ends with a digest of the whole, so that two of
    /// them stay two.
    /// </summary>
    public static string Key(string text) => text.Length <= LongestKey
        ? Of(text)
        : $"{Of(text[..(LongestKey - HashDigits - 1)])}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashDigits]}";

    private static bool IsStorable(string text)
    {
        foreach (var c in text)
            if (c == '\0' || char.IsSurrogate(c)) return false;
        return true;
    }

    private static string Mended(string text)
    {
        var mended = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) mended.Append((rune.Value == 0 ? Rune.ReplacementChar : rune).ToString());
        return mended.ToString();
    }
}
