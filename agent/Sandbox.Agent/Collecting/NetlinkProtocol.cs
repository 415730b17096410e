namespace Sandbox.Agent.Collecting;

/// <summary>Parts of the kernel that speak netlink(7): linux/netlink.h.</summary>
internal enum NetlinkProtocol
{
    /// <summary>Interfaces, addresses, neighbours.</summary>
    Route = 0,

    /// <summary>Sockets: sock_diag(7).</summary>
    SocketDiagnosis = 4,

    /// <summary>Linux audit.</summary>
    Audit = 9,

    /// <summary>Packet filters.</summary>
    Netfilter = 12,

    /// <summary>Parts that are told apart by name: linux/genetlink.h.</summary>
    Generic = 16,
}
