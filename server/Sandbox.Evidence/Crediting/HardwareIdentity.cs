using Sandbox.Protocol;
using static Sandbox.Protocol.NetworkInterface.Types;

namespace Sandbox.Evidence.Crediting;

/// <summary>Names by which a machine is known again after its disk was wiped, the surest first.</summary>
public static class HardwareIdentity
{
    private const string Dmi = "dmi:";
    private const string Mac = "mac:";
    private const string MachineId = "machine-id:";

    private static readonly string[] Sorts = [Dmi, Mac, MachineId];

    /// <summary>The names. Empty: it cannot be told yet.</summary>
    /// <remarks>
    /// SMBIOS UUID and serial number; where there are none, permanent hardware addresses (locally administered ones are no proof of hardware),
    /// then the machine id. An empty or shared UUID never arrives here: the agent leaves it out.
    /// </remarks>
    public static IReadOnlyList<string> Of(DeviceFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (facts[Fact.KindOneofCase.Hardware] is not { Fact.Hardware: var hardware }) return [];
        var sure = hardware.HasSystemUuid ? $"{Dmi}{hardware.SystemUuid}{(hardware.HasSerialNumber ? "/" + hardware.SerialNumber : "")}" : null;
        var (network, system) = (facts[Fact.KindOneofCase.NetworkInterfaces], facts[Fact.KindOneofCase.OperatingSystem]);
        if (sure is null && (network is null || system is null)) return [];
        var names = new List<string>();
        if (sure is not null) names.Add(sure);
        if (network is not null) names.AddRange(Macs(network.Fact.NetworkInterfaces));
        if (system is { Fact.OperatingSystem: { HasMachineId: true, MachineId: var id } }) names.Add(MachineId + id);
        return names;
    }

    /// <summary>
    /// Whether two machines are one. The surest sort of name that both have decides: a network card is lent, and an image is copied with its
    /// machine id, while the hardware's own ids differ.
    /// </summary>
    public static bool AreOne(IReadOnlyCollection<string> names, IReadOnlyCollection<string> others)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(others);
        var common = Array.Find(Sorts, sort => OfSort(names, sort).Any() && OfSort(others, sort).Any());
        return common is not null && OfSort(names, common).Intersect(others).Any();
    }

    /// <summary>What a name rests on when it is no sure one, for people. Null: it is.</summary>
    public static string? Weakness(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.StartsWith(Dmi, StringComparison.Ordinal)) return null;
        return name.StartsWith(Mac, StringComparison.Ordinal)
            ? "the machine does not give its hardware's id, so the address of a network card stands in for it, and a card can be exchanged"
            : "the machine does not give its hardware's id, so the machine id stands in for it, and a new installation makes a new one";
    }

    private static IEnumerable<string> OfSort(IReadOnlyCollection<string> names, string sort) => names.Where(name => name.StartsWith(sort, StringComparison.Ordinal));

    private static IEnumerable<string> Macs(NetworkInterfaces network) => network.Interfaces
        .Where(one => one.Medium is Medium.Ethernet or Medium.Wifi && one is { HasMacAddress: true, HasLocallyAdministered: true, LocallyAdministered: false })
        .Select(one => Mac + one.MacAddress)
        .Order(StringComparer.Ordinal);
}
