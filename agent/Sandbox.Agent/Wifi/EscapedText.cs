using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sandbox.Agent.Wifi;

/// <summary>
/// What wpa_supplicant writes as <c>P"..."</c>: <c>\n</c> and the like, <c>\xc3</c>, and <c>\303</c> in octal digits, as its printf_decode reads them. Of another escape only the backslash
/// is left out.
/// </summary>
internal static partial class EscapedText
{
    /// <summary>Its bytes, of which text need not be made.</summary>
    public static byte[] Decode(string text)
    {
        // Each letter is a byte for as long as it takes.
        var letters = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
        return Encoding.Latin1.GetBytes(Escape().Replace(letters, one => one.Groups switch
        {
            { } groups when groups["hex"] is { Success: true, Value: var digits } => Letter(byte.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)),
            { } groups when groups["octal"] is { Success: true, Value: var digits } => Letter((byte)digits.Aggregate(0, (number, digit) => number * 8 + digit - '0')),
            { } groups => groups["letter"].Value switch { "n" => "\n", "r" => "\r", "t" => "\t", "e" => "\e", var itself => itself },
        }));
    }

    private static string Letter(byte number) => ((char)number).ToString();

    [GeneratedRegex("""\\(?:x(?<hex>[0-9A-Fa-f]{1,2})|x|(?<octal>[0-7]{1,3})|(?<letter>[\\"nrte])|)""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
