using Sandbox.Evidence.Attribution;
using Sandbox.Protocol;
using Security = Sandbox.Protocol.WiFiNetwork.Types.Security;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Evidence.Crediting.Additions;

/// <summary>
/// Line 4.1: a wireless network that the machine did not know at first is set up on it, protects who is in it, and the machine is in it, behind a router of the network.
/// What looks like a phone's hotspot, open networks and such with WEP, and networks that were known do not count.
/// </summary>
internal sealed class WirelessJoined() : Addition("4.1", "wireless.joined", "wireless network", Fact.KindOneofCase.Wifi)
{
    private const string Access = "it shows a machine's end alone: whether the access point is the lab's, and who set that up, is not seen";

    private static readonly Security[] Safe = [Security.WpaPsk, Security.Wpa3Sae, Security.Eap];

    public override string Counts => "a protected wireless network that was set up on a machine";

    // One command writes the network down, joins it, and waits for an address and a router.
    public override TimeSpan Lasts => TimeSpan.FromMinutes(2);

    protected override IReadOnlyList<Fact.KindOneofCase> Besides { get; } = [Fact.KindOneofCase.NetworkInterfaces, Fact.KindOneofCase.Neighbours];

    protected override IEnumerable<string> Names(Fact fact) => fact.Wifi.Networks.Select(one => one.Ssid).Concat(fact.Wifi.Joined.Select(one => one.Ssid));

    protected override IEnumerable<Thing> Things(Fact fact, DeviceCase device) =>
        from network in fact.Wifi.Networks.DistinctBy(one => one.Ssid)
        where network.Ssid.Length > 0 && Safe.Contains(network.Security)
        let joined = fact.Wifi.Joined.FirstOrDefault(one => one.Ssid == network.Ssid && Safe.Contains(one.Security))
        where joined is not null && Router.IsReal(joined.Interface, device.Facts)
        select new Thing(network.Ssid, $"set up, and {joined.Interface} is in it") { Reservation = Access };

    // A machine that is carried away is in no network for a while.
    protected override string? Lost(string name, Fact shown) => shown.Wifi.Networks.FirstOrDefault(one => one.Ssid == name) switch
    {
        null => "the network was removed",
        { Security: Security.Open or Security.Wep } => "the network protects nobody any more",
        _ => null,
    };

    protected override bool Explains(string name, EvidenceItem item, AdminAct act) => act.Action == Action.ChangeConnection
        ? act.Verb.StartsWith("connection-", StringComparison.Ordinal) && act.Verb is not "connection-delete" and not "connection-deactivate" && act.Objects.Any(one => one.Kind == "connection" && one.Name == name)
        : Trace.IsRunWith(act, "nmcli", "add", "connect", "modify", "up", "import") || Trace.IsRunOnFile(act, "/etc/NetworkManager/system-connections/", "/etc/wpa_supplicant/", "/var/lib/iwd/");

    protected override IReadOnlyList<Outlook> SeenBy(string name, EvidenceItem item, DeviceFacts facts) =>
    [
        .. from joined in facts[Fact.KindOneofCase.Wifi]?.Fact.Wifi.Joined ?? []
           where joined.Ssid == name
           from link in facts[Fact.KindOneofCase.NetworkInterfaces]?.Fact.NetworkInterfaces.Interfaces ?? []
           where link.Name == joined.Interface && link.HasMacAddress
           select Seen.OnTheLink(link.MacAddress),
    ];
}
