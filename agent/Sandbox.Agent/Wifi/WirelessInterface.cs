using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Wifi;

/// <summary>An interface that can join networks: an answer to NL80211_CMD_GET_INTERFACE.</summary>
/// <param name="Number">Its index.</param>
/// <param name="Name">Its name.</param>
/// <param name="Ssid">Of the network that it is in, or about to join. Null: none, or the kernel does not say.</param>
/// <param name="FrequencyMhz">In MHz. Null: none, or the driver does not say.</param>
internal sealed record WirelessInterface(uint Number, string Name, string? Ssid, uint? FrequencyMhz)
{
    /// <summary>Null: it is an access point, listens only, or is no interface of the network.</summary>
    public static WirelessInterface? Of(ReadOnlySpan<byte> attributes) =>
        NetlinkAttributes.HostNumber(attributes, Nl80211.InterfaceType) == Nl80211.Station && NetlinkAttributes.HostNumber(attributes, Nl80211.InterfaceNumber) is { } number
            ? new(number, NetlinkAttributes.Text(attributes, Nl80211.InterfaceName), Wifi.Ssid.OfBytes(NetlinkAttributes.Find(attributes, Nl80211.NameOfNetwork)),
                NetlinkAttributes.HostNumber(attributes, Nl80211.Frequency))
            : null;
}
