namespace Sandbox.Agent.Firewall;

/// <summary>
/// A packet to ask rules about: the first of a new connection from elsewhere, for this device itself. Its addresses and ports are such as
/// no rule names.
/// </summary>
/// <param name="IPv6">Over IPv6, else over IPv4.</param>
/// <param name="Protocol">6 for TCP, 17 for UDP.</param>
/// <param name="Hook">Where it is.</param>
/// <param name="Through">The interface it comes through; null: one that no rule names.</param>
internal sealed record Probe(bool IPv6, byte Protocol, Hook Hook, NetworkDevice? Through = null)
{
    public const byte Tcp = 6;
    public const byte Udp = 17;

    /// <summary>A rule that holds has marked it, so its mark is not known any more; else it has none.</summary>
    public bool Marked { get; set; }

    /// <summary>It is on its way in, so its destination is an address of this device.</summary>
    public bool IsLocal => Hook is Hook.Prerouting or Hook.Input;

    /// <summary>It came from outside: true everywhere but at the output hook.</summary>
    public bool ComesIn => Hook != Hook.Output;
}

/// <summary>An interface of the device.</summary>
/// <param name="Name">As the kernel has it.</param>
/// <param name="Index">Its ifindex.</param>
internal sealed record NetworkDevice(string Name, uint Index);

/// <summary>Where netfilter calls chains, for IPv4, IPv6 and inet. Numbers of linux/netfilter.h.</summary>
internal enum Hook
{
    Prerouting = 0,
    Input = 1,
    Forward = 2,
    Output = 3,
    Postrouting = 4,
}
