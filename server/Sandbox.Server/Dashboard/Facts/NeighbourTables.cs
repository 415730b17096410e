using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>Machines on the same links, as this one saw them within a day.</summary>
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
    ];
}
