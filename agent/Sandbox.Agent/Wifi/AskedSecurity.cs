using static Sandbox.Protocol.WiFiNetwork.Types;

namespace Sandbox.Agent.Wifi;

/// <summary>
/// What an access point asks of who joins. Of several ways the weakest counts, as with files of wpa_supplicant: which one was agreed on, the kernel does not tell.
/// </summary>
internal static class AskedSecurity
{
    private const byte Rsn = 48;
    private const byte OfMaker = 221;

    // The bit "privacy" of the capability field (IEEE 802.11-2020 §9.4.1.4): something encrypts.
    private const ushort Privacy = 0x10;

    private static ReadOnlySpan<byte> Wpa => [0x00, 0x50, 0xf2, 1];

    /// <param name="elements">Those of its beacon.</param>
    /// <param name="capability">Its capability field. Null: not said.</param>
    public static Security Of(ReadOnlySpan<byte> elements, ushort? capability)
    {
        Security? weakest = null;
        var all = new BeaconElements(elements);
        while (all.Next())
        {
            if (all.Number == Rsn) weakest = Weaker(weakest, KeySuites.OfRsn(all.Content));
            else if (all.Number == OfMaker && all.Content.StartsWith(Wpa)) weakest = Weaker(weakest, KeySuites.OfWpa(all.Content[Wpa.Length..]));
        }
        if (weakest is { } known) return known;
        if (capability is not { } bits || elements.IsEmpty || !all.AtEnd) return Security.Unspecified;
        return (bits & Privacy) != 0 ? Security.Wep : Security.Open;
    }

    // Unspecified: an element is there that says something else.
    private static Security Weaker(Security? one, Security other) => one is null or Security.Unspecified ? other : other == Security.Unspecified ? one.Value : (Security)Math.Min((int)one, (int)other);
}
