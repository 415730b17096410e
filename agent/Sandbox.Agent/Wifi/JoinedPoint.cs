using Sandbox.Agent.Collecting;
using static Sandbox.Protocol.WiFiNetwork.Types;

namespace Sandbox.Agent.Wifi;

/// <summary>The access point that an interface is associated with, out of an answer to NL80211_CMD_GET_SCAN. Its address is not looked at: it tells where somebody is.</summary>
/// <param name="Ssid">Null: it hides its name.</param>
/// <param name="Security">What it asks for.</param>
/// <param name="FrequencyMhz">In MHz. Null: not said.</param>
internal sealed record JoinedPoint(string? Ssid, Security Security, uint? FrequencyMhz)
{
    /// <summary>Null: it was only seen in the scan.</summary>
    public static JoinedPoint? Of(ReadOnlySpan<byte> attributes)
    {
        var point = NetlinkAttributes.Find(attributes, Nl80211.AccessPoint);
        if (NetlinkAttributes.HostNumber(point, Nl80211.PointStatus) != Nl80211.Associated) return null;
        var elements = NetlinkAttributes.Find(point, Nl80211.PointElements);
        if (elements.IsEmpty) elements = NetlinkAttributes.Find(point, Nl80211.PointBeaconElements);
        return new(Wifi.Ssid.OfBytes(BeaconElements.Name(elements)), AskedSecurity.Of(elements, NetlinkAttributes.HostShort(point, Nl80211.PointCapability)),
            NetlinkAttributes.HostNumber(point, Nl80211.PointFrequency));
    }
}
