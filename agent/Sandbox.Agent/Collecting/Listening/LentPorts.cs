using System.Globalization;

namespace Sandbox.Agent.Collecting.Listening;

/// <summary>Ports that the system lends to sockets that ask for any, both ends included: ip_local_port_range of ip(7).</summary>
/// <param name="First">The lowest.</param>
/// <param name="Last">The highest.</param>
internal readonly record struct LentPorts(int First, int Last)
{
    private const string Source = "proc/sys/net/ipv4/ip_local_port_range";

    /// <summary>What the system says, or 32768 to 60999 as it is usual.</summary>
    public static LentPorts Of(RootFolder root)
    {
        var words = root.Line(Source)?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words is [var one, var other] && ushort.TryParse(one, NumberStyles.None, null, out var first) && ushort.TryParse(other, NumberStyles.None, null, out var last)
            ? new(first, last)
            : new(32768, 60999);
    }

    /// <summary>Whether it is lent.</summary>
    public bool Contains(int port) => port >= First && port <= Last;
}
