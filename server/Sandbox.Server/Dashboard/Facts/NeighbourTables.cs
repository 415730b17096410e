using System.Globalization;
using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>Machines on the same links, as this one saw them within a day, and what announced itself there.</summary>
internal static class NeighbourTables
{
    public static IReadOnlyList<FactTable> Of(Neighbours neighbours) =>
    [
        new FactTable("Seen within a day", ["Address", "Hardware address", "Interface", "Router", "Learnt"],
            [.. neighbours.Neighbours_.Select(one => new FactTableRow($"neighbours.neighbours[{one.Interface} {one.Address}]",
            [
                one.Address, one.MacAddress + (one.LocallyAdministered ? " (local)" : ""), one.Interface, one.HasRouter ? one.Router ? "yes" : "no" : null,
                one.HasPermanent ? one.Permanent ? "set by hand" : "from the network" : null,
            ]))]),
        new FactTable("At the other end of its links, by their own word (LLDP)", ["Interface", "System", "Port", "Chassis", "What it does", "Address", "VLAN"],
            [.. neighbours.Lldp.Select(one => new FactTableRow($"neighbours.lldp[{one.Interface} {one.ChassisId} {one.PortId}]",
            [
                one.Interface, System(one), one.HasPortDescription && one.PortDescription != one.PortId ? $"{one.PortId} ({one.PortDescription})" : one.PortId, one.ChassisId,
                one.Capabilities.Count > 0 ? string.Join(", ", one.Capabilities.Select(Word)) : null, one.HasManagementAddress ? one.ManagementAddress : null,
                one.HasPortVlan ? one.PortVlan.ToString(CultureInfo.InvariantCulture) : null,
            ]))]),
    ];

    private static string? System(LldpNeighbour one) => (one.HasSystemName, one.HasSystemDescription) switch
    {
        (true, true) => $"{one.SystemName}: {one.SystemDescription}",
        (true, false) => one.SystemName,
        (false, true) => one.SystemDescription,
        _ => null,
    };

    private static string Word(LldpNeighbour.Types.Capability capability) => capability switch
    {
        LldpNeighbour.Types.Capability.Repeater => "repeater",
        LldpNeighbour.Types.Capability.Bridge => "switch",
        LldpNeighbour.Types.Capability.WlanAccessPoint => "access point",
        LldpNeighbour.Types.Capability.Router => "router",
        LldpNeighbour.Types.Capability.Telephone => "telephone",
        LldpNeighbour.Types.Capability.DocsisCableDevice => "cable modem",
        LldpNeighbour.Types.Capability.StationOnly => "only a station",
        LldpNeighbour.Types.Capability.CVlanComponent => "VLANs",
        LldpNeighbour.Types.Capability.SVlanComponent => "provider's VLANs",
        LldpNeighbour.Types.Capability.TwoPortMacRelay => "relay of two ports",
        _ => "other",
    };
}
