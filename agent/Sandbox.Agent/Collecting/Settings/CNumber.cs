using System.Globalization;

namespace Sandbox.Agent.Collecting.Settings;

/// <summary>Whole numbers as C programs read them.</summary>
internal static class CNumber
{
    /// <summary>Digits with an optional sign, base 10: strtol(3) with nothing behind the number. Null: anything else.</summary>
    public static long? Decimal(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The same in base 0, as shadow's getlong: <c>0x1F</c> is 31 and <c>010</c> is 8. Null: anything else.</summary>
    public static long? AnyBase(ReadOnlySpan<char> text)
    {
        var negative = text is ['-', ..];
        var digits = text is ['-' or '+', ..] ? text[1..] : text;
        var number = digits switch
        {
            ['0', 'x' or 'X', .. var hex] => Hexadecimal(hex),
            ['0', _, ..] => Octal(digits),
            [>= '0' and <= '9', ..] => Decimal(digits),
            _ => null,
        };
        return negative ? -number : number;
    }

    private static long? Hexadecimal(ReadOnlySpan<char> text)
    {
        if (text.Length > 15) return null;
        return long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>Digits of base 8 alone. Null: anything else.</summary>
    public static long? Octal(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > 20 || text.ContainsAnyExceptInRange('0', '7')) return null;
        var number = 0L;
        foreach (var digit in text) number = number * 8 + (digit - '0');
        return number;
    }
}
