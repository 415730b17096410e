using System.Net;
using System.Net.NetworkInformation;

namespace Sandbox.Agent.Neighbours;

/// <summary>An answered entry of the kernel's table.</summary>
/// <param name="Interface">By name.</param>
/// <param name="Address">IPv4 or IPv6.</param>
/// <param name="Hardware">Six bytes.</param>
/// <param name="Router">Null: not said.</param>
/// <param name="Permanent">Null: not said.</param>
internal sealed record NeighbourEntry(string Interface, IPAddress Address, PhysicalAddress Hardware, bool? Router, bool? Permanent);
