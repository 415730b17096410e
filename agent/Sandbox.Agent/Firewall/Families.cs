namespace Sandbox.Agent.Firewall;

/// <summary>NFPROTO numbers of linux/netfilter.h and what nft(8) calls them and their hooks.</summary>
internal static class Families
{
    public const byte Inet = 1;
    public const byte IPv4 = 2;
    public const byte Arp = 3;
    public const byte NetDev = 5;
    public const byte Bridge = 7;
    public const byte IPv6 = 10;

    public static string Name(byte family) => family switch
    {
        Inet => "inet",
        IPv4 => "ip",
        Arp => "arp",
        NetDev => "netdev",
        Bridge => "bridge",
        IPv6 => "ip6",
        _ => $"family {family}",
    };

    public static string HookName(byte family, uint hook) => (family, hook) switch
    {
        (NetDev, 0) or (Inet, 5) => "ingress",
        (NetDev, 1) => "egress",
        (Arp, 0) => "input",
        (Arp, 1) => "output",
        (Inet or IPv4 or IPv6 or Bridge, <= (uint)Hook.Postrouting) => ((Hook)hook).ToString().ToLowerInvariant(),
        _ => $"hook {hook}",
    };

    /// <summary>Whether packets of IPv6 (else IPv4) to and from this device meet chains of the family.</summary>
    public static bool Meets(byte family, bool ipv6) => family == Inet || family == (ipv6 ? IPv6 : IPv4);
}
