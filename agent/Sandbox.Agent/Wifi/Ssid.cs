using System.Globalization;
using System.Text;

namespace Sandbox.Agent.Wifi;

/// <summary>Names of networks as programs write them: bytes that need not be text.</summary>
internal static class Ssid
{
    private const int Longest = 32;

    /// <summary>NetworkManager: text with <c>\;</c>, or numbers of bytes, each with a semicolon behind it.</summary>
    public static string OfKeyfile(string value)
    {
        var parts = value.Split(';');
        if (parts is not [_, .., ""] || parts.Length > Longest + 1) return value.Replace("\\;", ";", StringComparison.Ordinal);
        var bytes = new List<byte>();
        foreach (var part in parts[..^1])
        {
            if (!byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var one)) return value.Replace("\\;", ";", StringComparison.Ordinal);
            bytes.Add(one);
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }

    /// <summary>wpa_supplicant: quoted text, the same with a P before it and escapes in it, or hexadecimal digits.</summary>
    public static string OfSupplicant(string value) => value switch
    {
        ['"', .. var text, '"'] => text,
        ['P', '"', .. var text, '"'] => Encoding.UTF8.GetString(EscapedText.Decode(text)),
        _ => OfHex(value) ?? value,
    };

    /// <summary>The kernel: bytes. Null: none, or the zeros of a network that hides its name, or too many.</summary>
    public static string? OfBytes(ReadOnlySpan<byte> bytes) => bytes.Length <= Longest && bytes.ContainsAnyExcept((byte)0) ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>Null: not hexadecimal digits of bytes.</summary>
    public static string? OfHex(string value) =>
        value.Length is > 0 and <= 2 * Longest && value.Length % 2 == 0 && value.All(char.IsAsciiHexDigit) ? Encoding.UTF8.GetString(Convert.FromHexString(value)) : null;
}
