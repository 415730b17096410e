using Sandbox.Protocol;
using static Sandbox.Protocol.WiFiNetwork.Types;

namespace Sandbox.Agent.Wifi;

/// <summary>The <c>network={ }</c> blocks of wpa_supplicant.conf(5).</summary>
internal static class Supplicant
{
    public static IEnumerable<WiFiNetwork> Parse(string text, string path)
    {
        Dictionary<string, string>? block = null;
        foreach (var raw in text.Split('\n'))
        {
            var line = Uncommented(raw).Trim();
            if (line.StartsWith("network=", StringComparison.Ordinal) && line.EndsWith('{')) block = [];
            else if (line == "}" && block is not null)
            {
                if (Of(block, path) is { } network) yield return network;
                block = null;
            }
            else if (line.IndexOf('=') is > 0 and var equals && line[..equals].TrimEnd() is "ssid" or "key_mgmt" or "scan_ssid" or "disabled")
                block?.TryAdd(line[..line.IndexOf('=')].TrimEnd(), line[(line.IndexOf('=') + 1)..].TrimStart());
            else if (line.StartsWith("wep_key", StringComparison.Ordinal)) block?.TryAdd("wep", "");
        }
    }

    // A comment begins behind the last quote.
    private static string Uncommented(string line) => line.IndexOf('#', Math.Max(line.LastIndexOf('"'), 0)) is >= 0 and var comment ? line[..comment] : line;

    private static WiFiNetwork? Of(Dictionary<string, string> block, string path) => !block.TryGetValue("ssid", out var ssid) ? null : new WiFiNetwork
    {
        Ssid = Ssid.OfSupplicant(ssid), Path = path, Autoconnect = block.GetValueOrDefault("disabled", "0") == "0", Hidden = block.GetValueOrDefault("scan_ssid") == "1",
        Security = Of(block.GetValueOrDefault("key_mgmt", "WPA-PSK WPA-EAP").Split(' ', StringSplitOptions.RemoveEmptyEntries), block.ContainsKey("wep")),
    };

    // Several may be offered: the weakest that is counts, since the other side chooses.
    private static Security Of(string[] managements, bool wep) => managements switch
    {
        _ when managements.Contains("NONE") => wep ? Security.Wep : Security.Open,
        _ when managements.Contains("IEEE8021X") => Security.Wep,
        _ when managements.Any(one => one is "WPA-PSK" or "WPA-PSK-SHA256" or "FT-PSK") => Security.WpaPsk,
        _ when managements.Any(one => one is "SAE" or "FT-SAE" or "SAE-EXT-KEY") => Security.Wpa3Sae,
        _ when managements.Any(one => one.Contains("EAP", StringComparison.Ordinal)) => Security.Eap,
        _ when managements.Contains("OWE") => Security.Owe,
        _ => Security.Unspecified,
    };
}
