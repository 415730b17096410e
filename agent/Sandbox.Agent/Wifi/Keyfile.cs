using Sandbox.Agent.Collecting.Settings;
using Sandbox.Protocol;
using static Sandbox.Protocol.WiFiNetwork.Types;

namespace Sandbox.Agent.Wifi;

/// <summary>A connection of NetworkManager. Only the settings named here are looked at; keys and passwords stay where they are.</summary>
internal static class Keyfile
{
    /// <summary>The network and the connection's UUID. Null: it is no wireless connection.</summary>
    public static (WiFiNetwork Network, string? Uuid)? Parse(string text, string path)
    {
        var found = new Dictionary<(string, string), string>();
        foreach (var setting in IniText.Parse(text))
            if (Wanted(setting.Section, setting.Name)) found[(Old(setting.Section), setting.Name)] = setting.Value;
        if (found.GetValueOrDefault(("connection", "type")) is not ("wifi" or "802-11-wireless")) return null;
        if (found.GetValueOrDefault(("wifi", "ssid")) is not { Length: > 0 } ssid) return null;
        var network = new WiFiNetwork
        {
            Ssid = Ssid.OfKeyfile(ssid), Path = path, Autoconnect = found.GetValueOrDefault(("connection", "autoconnect"), "true") is not ("false" or "no" or "0"),
            Hidden = found.GetValueOrDefault(("wifi", "hidden")) is "true" or "yes" or "1",
            Security = Of(found.GetValueOrDefault(("wifi-security", "key-mgmt")), text.Contains("[wifi-security]", StringComparison.Ordinal) || text.Contains("[802-11-wireless-security]", StringComparison.Ordinal)),
        };
        return (network, found.GetValueOrDefault(("connection", "uuid")));
    }

    private static bool Wanted(string section, string name) => (Old(section), name) is
        ("connection", "type" or "uuid" or "autoconnect") or ("wifi", "ssid" or "hidden") or ("wifi-security", "key-mgmt");

    // Names before NetworkManager 1.0, which it still reads.
    private static string Old(string section) => section switch { "802-11-wireless" => "wifi", "802-11-wireless-security" => "wifi-security", _ => section };

    private static Security Of(string? management, bool secured) => management switch
    {
        null => secured ? Security.Unspecified : Security.Open,
        "none" or "ieee8021x" => Security.Wep,
        "wpa-psk" => Security.WpaPsk,
        "sae" => Security.Wpa3Sae,
        "owe" => Security.Owe,
        "wpa-eap" or "wpa-eap-suite-b-192" => Security.Eap,
        _ => Security.Unspecified,
    };
}
