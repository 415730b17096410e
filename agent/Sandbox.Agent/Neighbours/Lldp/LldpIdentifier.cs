using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Unicode;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Neighbours.Lldp;

/// <summary>How a chassis or a port calls itself: a byte that says what it is, and the name (IEEE 802.1AB, tables 8-2 and 8-3).</summary>
internal static class LldpIdentifier
{
    private const int MostBytes = 255;
    private const byte ChassisHardware = 4, ChassisNetwork = 5, PortHardware = 3, PortNetwork = 4, PortCircuit = 6;

    // Numbers of IANA's address families.
    private const byte Version4 = 1, Version6 = 2;

    /// <summary>Of a chassis. Null: nothing is said.</summary>
    public static string? OfChassis(ReadOnlySpan<byte> value) => value.Length is < 2 or > MostBytes + 1 ? null : value[0] switch
    {
        ChassisHardware => Hardware(value[1..]),
        ChassisNetwork => Network(value[1..]) ?? Hexadecimal(value[1..]),
        _ => Words(value[1..]),
    };

    /// <summary>Of a port. Null: nothing is said.</summary>
    public static string? OfPort(ReadOnlySpan<byte> value) => value.Length is < 2 or > MostBytes + 1 ? null : value[0] switch
    {
        PortHardware => Hardware(value[1..]),
        PortNetwork => Network(value[1..]) ?? Hexadecimal(value[1..]),
        PortCircuit => Hexadecimal(value[1..]),
        _ => Words(value[1..]),
    };

    /// <summary>A family and an address of it. Null: neither IPv4 nor IPv6.</summary>
    public static string? Network(ReadOnlySpan<byte> value) => value switch
    {
        [Version4, _, _, _, _] or [Version6, .. { Length: 16 }] => new IPAddress(value[1..]).ToString(),
        _ => null,
    };

    private static string Hardware(ReadOnlySpan<byte> value)
    {
        var text = new StringBuilder();
        foreach (var one in value) text.Append(text.Length > 0 ? ":" : "").Append(one.ToString("x2", CultureInfo.InvariantCulture));
        return text.ToString();
    }

    // Some fill up with zeros. What is no text is still told from others.
    private static string Words(ReadOnlySpan<byte> value)
    {
        var text = value.TrimEnd((byte)0);
        return Utf8.IsValid(text) && text.IndexOfAnyInRange((byte)0, (byte)31) < 0 && ShortText.Of(Encoding.UTF8.GetString(text), MostBytes) is { } words ? words : Hexadecimal(value);
    }

    private static string Hexadecimal(ReadOnlySpan<byte> value) => Convert.ToHexStringLower(value);
}
