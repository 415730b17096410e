using Sandbox.Evidence.Attribution;
using Sandbox.Protocol;
using static Sandbox.Protocol.NetworkInterface.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Evidence.Crediting.Additions;

/// <summary>
/// Line 4.2: a wired interface that was not connected at first has a link, an address and a router. Virtual interfaces, addresses that are not their maker's, and interfaces
/// of virtual machines do not count, nor the same card under another name.
/// </summary>
internal sealed class WiredConnected() : Addition("4.2", "wired.connected", "interface", Fact.KindOneofCase.NetworkInterfaces)
{
    private const string Cable = "who plugged the cable in is seen by nothing, and of remote access this line's other half is not seen here";
    private const string Alone = "what is at the other end of the cable is not known: nothing there announces itself by LLDP";
    private const string Announced = "anybody on the link can announce that";

    public override string Counts => "a machine that was connected to a wired network";

    // One command sets an interface up, which then gets a link, an address and a router one after the other.
    public override TimeSpan Lasts => TimeSpan.FromMinutes(2);

    protected override bool HasObjects => true;

    protected override IReadOnlyList<Fact.KindOneofCase> Besides { get; } = [Fact.KindOneofCase.Neighbours, Fact.KindOneofCase.Hardware];

    protected override IEnumerable<string> Names(Fact fact) => fact.NetworkInterfaces.Interfaces.Where(one => one.State == State.Up || one.Addresses.Any(IsRouted)).Select(one => one.Name);

    protected override IEnumerable<string> Objects(Fact fact) => fact.NetworkInterfaces.Interfaces.Where(one => one.HasMacAddress && one.State == State.Up).Select(one => one.MacAddress);

    protected override IEnumerable<Thing> Things(Fact fact, DeviceCase device)
    {
        if (device.Facts[Fact.KindOneofCase.Hardware]?.Fact.Hardware is not { HasVirtualisation: false } || LacksOne(fact, device)) return [];
        return from one in fact.NetworkInterfaces.Interfaces
               where one is { Medium: Medium.Ethernet, State: State.Up, HasSpeedMbps: true, HasMacAddress: true, HasLocallyAdministered: true, LocallyAdministered: false } && one.Addresses.Any(IsRouted) && Router.IsReal(one.Name, device.Facts)
               let port = Port(one.Name, device.Facts)
               select new Thing(one.Name, $"connected at {one.SpeedMbps} Mbit/s{(port is null ? "" : $" to {port}")}") { Object = one.MacAddress, Reservation = $"{Cable}; {(port is null ? Alone : Announced)}; {SharedActs.Words(Act)}" };
    }

    protected override string? Lost(string name, Fact shown) => shown.NetworkInterfaces.Interfaces.FirstOrDefault(one => one.Name == name) switch
    {
        null => "the interface is gone",
        { State: State.Down or State.LowerLayerDown or State.NotPresent } => "the interface has no link any more",
        { MacAddress: var mac } when !Objects(shown).Contains(mac) => "another card has that name now",
        _ => null,
    };

    protected override bool Explains(string name, EvidenceItem item, AdminAct act) => act.Action == Action.ChangeConnection
        ? act.Verb.StartsWith("connection-", StringComparison.Ordinal) && act.Verb is not "connection-delete" and not "connection-deactivate"
        : Trace.IsRunWith(act, "nmcli", "add", "connect", "modify", "up") || (Trace.IsRunOf(act, "ifup") && act.Arguments.Contains(name)) || (Trace.IsRunWith(act, "ip", "set", "add", "change", "replace") && act.Arguments.Contains(name)) || Trace.IsRunWith(act, "netplan", "apply", "try")
            || Trace.IsRunOnFile(act, "/etc/network/", "/etc/netplan/", "/etc/systemd/network/", "/etc/NetworkManager/system-connections/");

    protected override IReadOnlyList<Outlook> SeenBy(string name, EvidenceItem item, DeviceFacts facts) =>
        facts[Fact.KindOneofCase.NetworkInterfaces]?.Fact.NetworkInterfaces.Interfaces.FirstOrDefault(one => one.Name == name && one.HasMacAddress) is { } link ? [Seen.OnTheLink(link.MacAddress)] : [];

    // A card that is gone may be there again under another name and address: the address in use can be set.
    private static bool LacksOne(Fact fact, DeviceCase device) => device.Baseline[Fact.KindOneofCase.NetworkInterfaces] is { } first
        && first.Fact.NetworkInterfaces.Interfaces.Any(then => then is { Medium: Medium.Ethernet, HasLocallyAdministered: true, LocallyAdministered: false } && !fact.NetworkInterfaces.Interfaces.Any(now => now.Name == then.Name && now.MacAddress == then.MacAddress));

    private static string? Port(string link, DeviceFacts facts) => facts[Fact.KindOneofCase.Neighbours]?.Fact.Neighbours.Lldp.FirstOrDefault(one => one.Interface == link) is { } other
        ? $"port {other.PortId} of {(other.HasSystemName ? other.SystemName : other.ChassisId)}" : null;

    private static bool IsRouted(string address) => !address.StartsWith("fe80:", StringComparison.Ordinal) && !address.StartsWith("169.254.", StringComparison.Ordinal);
}
