using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting.Additions;

/// <summary>What stands at the other end of an interface.</summary>
internal static class Router
{
    // What phones and laptops hand out as hotspots: iOS, Android by radio, Android by USB, NetworkManager, Windows.
    private static readonly string[] Phones = ["172.20.10.", "192.168.43.", "192.168.42.", "10.42.", "192.168.137."];

    /// <summary>Whether a default route leads over the interface to a router whose hardware address is its maker's, so that it is neither a virtual one nor a phone's. False as well where it is not known.</summary>
    public static bool IsReal(string link, DeviceFacts facts)
    {
        if (facts[Fact.KindOneofCase.NetworkInterfaces]?.Fact.NetworkInterfaces is not { } network || facts[Fact.KindOneofCase.Neighbours]?.Fact.Neighbours is not { } near) return false;
        return near.Neighbours_.Any(one => one.Interface == link && !one.LocallyAdministered && !one.Permanent && network.Gateways.Contains(one.Address) && !IsPhone(one.Address));
    }

    private static bool IsPhone(string address) => Array.Exists(Phones, network => address.StartsWith(network, StringComparison.Ordinal));
}
