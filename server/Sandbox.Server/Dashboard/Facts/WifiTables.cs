using System.Globalization;
using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>Wireless networks that a device is in, and those that it knows how to join.</summary>
internal static class WifiTables
{
    public static IReadOnlyList<FactTable> Of(WiFi wifi) =>
    [
        .. wifi.Joined.Count > 0 ? [Joined(wifi)] : Array.Empty<FactTable>(),
        new FactTable("Known networks", ["Name", "Security", "Joined by itself", "Hidden", "Last used", "Written in"],
            [.. wifi.Networks.Select((one, index) => new FactTableRow($"wifi.networks[{index}]",
            [
                one.Ssid, Security(one.Security), one.Autoconnect ? "yes" : "no", one.HasHidden ? one.Hidden ? "yes" : "no" : null,
                one.HasLastUsedDay ? FactText.Day(one.LastUsedDay) : null, one.Path,
            ]))]),
    ];

    private static FactTable Joined(WiFi wifi) => new("Joined now", ["Interface", "Name", "Security of the access point", "Frequency"],
        [.. wifi.Joined.Select(one => new FactTableRow($"wifi.joined[{one.Interface}]",
        [
            one.Interface, one.Ssid.Length > 0 ? one.Ssid : null, Security(one.Security), one.HasFrequencyMhz ? $"{one.FrequencyMhz.ToString(CultureInfo.InvariantCulture)} MHz" : null,
        ]))]);

    private static string? Security(WiFiNetwork.Types.Security security) => security switch
    {
        WiFiNetwork.Types.Security.Open => "open: nothing is encrypted",
        WiFiNetwork.Types.Security.Wep => "WEP: broken",
        WiFiNetwork.Types.Security.WpaPsk => "WPA or WPA2 with a shared key",
        WiFiNetwork.Types.Security.Wpa3Sae => "WPA3 with a password",
        WiFiNetwork.Types.Security.Eap => "accounts or certificates (802.1X)",
        WiFiNetwork.Types.Security.Owe => "encrypted, nobody is asked",
        _ => null,
    };
}
