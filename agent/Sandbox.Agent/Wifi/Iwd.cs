using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using static Sandbox.Protocol.WiFiNetwork.Types;

namespace Sandbox.Agent.Wifi;

/// <summary>Files of iwd, by their names alone: SSID.psk, .8021x or .open, or <c>=</c> and hexadecimal digits. They hold keys and are not opened.</summary>
internal static class Iwd
{
    public const string Folder = "var/lib/iwd";

    public static IEnumerable<WiFiNetwork> Read(RootFolder root, UnseenNotes unseen)
    {
        if (!root.Has(Folder)) return [];
        var names = root.List(Folder, out var fault);
        if (fault is not null) unseen.Add(fault);
        return names.Select(Of).OfType<WiFiNetwork>();
    }

    private static WiFiNetwork? Of(string name)
    {
        // A .psk serves WPA2 and WPA3 alike, so the weaker of the two is said.
        var security = Path.GetExtension(name) switch { ".psk" => Security.WpaPsk, ".8021x" => Security.Eap, ".open" => Security.Open, _ => Security.Unspecified };
        if (security == Security.Unspecified) return null;
        var ssid = Path.GetFileNameWithoutExtension(name);
        return new WiFiNetwork
        {
            Ssid = ssid is ['=', .. var hex] ? Ssid.OfHex(hex) ?? ssid : ssid, Security = security, Autoconnect = true, Path = RootFolder.Shown($"{Folder}/{name}"),
        };
    }
}
