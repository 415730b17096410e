using Sandbox.Agent.Collecting;
using static Sandbox.Protocol.NetworkInterface.Types;

namespace Sandbox.Agent.Inventory;

/// <summary>What sysfs says of one interface, in our words.</summary>
internal static class LinuxMedium
{
    // ARPHRD_ETHER and ARPHRD_LOOPBACK of if_arp.h.
    private const long Ethernet = 1;
    private const long Loopback = 772;

    /// <summary>The kind of interface in the folder <paramref name="at"/>.</summary>
    public static Medium Of(RootFolder root, string at)
    {
        var type = root.Number($"{at}/type");
        if (type == Loopback) return Medium.Loopback;
        if (root.Has($"{at}/phy80211") || root.Has($"{at}/wireless")) return Medium.Wifi;
        if (!root.Has($"{at}/device")) return Medium.Virtual;
        return type == Ethernet ? Medium.Ethernet : Medium.Unspecified;
    }

    /// <summary>Operstate in RFC 2863's sense; nothing said is unspecified.</summary>
    public static State State(string? operstate) => operstate switch
    {
        "up" => Protocol.NetworkInterface.Types.State.Up,
        "down" => Protocol.NetworkInterface.Types.State.Down,
        "unknown" => Protocol.NetworkInterface.Types.State.Unknown,
        "dormant" => Protocol.NetworkInterface.Types.State.Dormant,
        "lowerlayerdown" => Protocol.NetworkInterface.Types.State.LowerLayerDown,
        "testing" => Protocol.NetworkInterface.Types.State.Testing,
        "notpresent" => Protocol.NetworkInterface.Types.State.NotPresent,
        _ => Protocol.NetworkInterface.Types.State.Unspecified,
    };

    /// <summary>Lower case with colons. Null: the interface has none.</summary>
    public static string? HardwareAddress(string? said) =>
        said is { Length: >= 17 } && said[2] == ':' && said.AsSpan().IndexOfAnyExcept('0', ':') >= 0 ? said.ToLowerInvariant() : null;
}
