using System.Buffers.Binary;
using static Sandbox.Protocol.WiFiNetwork.Types;

namespace Sandbox.Agent.Wifi;

/// <summary>
/// Ways to agree on keys in an element RSN, or in the older one of WPA: a version, the suite for groups, a list of suites that encrypt, and the list of ways (AKM suites). A suite
/// is three bytes of a maker and a number (IEEE 802.11-2020 §9.4.2.24.3).
/// </summary>
internal static class KeySuites
{
    private const int SuiteLength = 4;
    private const int VersionAndGroup = 2 + SuiteLength;

    /// <summary>The weakest of the ways. Unspecified: none that is known.</summary>
    public static Security OfRsn(ReadOnlySpan<byte> element) => Weakest(element, [0x00, 0x0f, 0xac], byte.MaxValue);

    /// <summary>The same of WPA, which has 802.1X and shared keys, by the same numbers.</summary>
    public static Security OfWpa(ReadOnlySpan<byte> element) => Weakest(element, [0x00, 0x50, 0xf2], 2);

    private static Security Weakest(ReadOnlySpan<byte> element, ReadOnlySpan<byte> maker, byte last)
    {
        var ciphers = After(element, VersionAndGroup);
        var weakest = Security.Unspecified;
        for (var ways = Suites(After(ciphers, sizeof(ushort) + Suites(ciphers).Length)); ways.Length >= SuiteLength; ways = ways[SuiteLength..])
            if (ways.StartsWith(maker) && ways[3] <= last && Of(ways[3]) is not Security.Unspecified and var way && (weakest == Security.Unspecified || way < weakest)) weakest = way;
        return weakest;
    }

    // 802.1X and FILS; shared keys; SAE, and from 24 on with keys of any length; OWE. Left out are 7 and 10, by which two machines behind an access point speak.
    private static Security Of(byte way) => way switch
    {
        1 or 3 or 5 or 11 or 12 or 13 or 14 or 15 or 16 or 17 or 22 or 23 => Security.Eap,
        2 or 4 or 6 or 19 or 20 => Security.WpaPsk,
        8 or 9 or 24 or 25 => Security.Wpa3Sae,
        18 => Security.Owe,
        _ => Security.Unspecified,
    };

    // A count of 16 bits, the lower byte first, and as many suites.
    private static ReadOnlySpan<byte> Suites(ReadOnlySpan<byte> list) =>
        list.Length < sizeof(ushort) ? default : list[sizeof(ushort)..Math.Min(list.Length, sizeof(ushort) + SuiteLength * BinaryPrimitives.ReadUInt16LittleEndian(list))];

    private static ReadOnlySpan<byte> After(ReadOnlySpan<byte> bytes, int length) => bytes.Length < length ? default : bytes[length..];
}
