using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Attribution;
using Action = Sandbox.Protocol.AdminAct.Types.Action;
using Medium = Sandbox.Protocol.NetworkInterface.Types.Medium;
using Security = Sandbox.Protocol.WiFiNetwork.Types.Security;

namespace Sandbox.Tests.Evidence.Crediting.Additions;

/// <summary>Line 4.1: wireless networks that somebody set up on a machine, and everything that only looks like it.</summary>
public sealed class WirelessNetworksJoined
{
    private readonly Watched _device = At.Device(Of([Network("Home")]), Addresses(), Near());

    [Fact]
    public void A_network_that_was_not_known_counts_and_is_whose_act_it_was()
    {
        var item = _device.Tells(Activates(_device.Now, "Lab (5 GHz)")).Says(With(Network("Lab (5 GHz)"))).Only;

        Assert.Equal(("4.1", "wireless.joined", "wireless network Lab (5 GHz)", "set up, and wlan0 is in it"), (item.Line, item.Act, item.Target, item.After));
        Assert.Equal((EvidenceState.Watched, Grade.E2, Doing.Anna), (item.State, item.Grade, item.Person!.Value));
        Assert.Contains("whether the access point is the lab's", item.GradeReason, StringComparison.Ordinal);
        Assert.Equal(EvidenceState.Held, _device.After(At.Day).SaysTheSame().Only.State);
    }

    [Fact]
    public void The_router_may_be_known_later()
    {
        var device = At.Device(Of([Network("Home")]), Addresses()).Says(With(Network("Lab")));

        Assert.Empty(device.Evidence);
        Assert.Single(device.Says(Near()).Evidence);
    }

    [Theory]
    [InlineData(Security.Open), InlineData(Security.Wep), InlineData(Security.Owe), InlineData(Security.Unspecified)]
    public void A_network_that_asks_nobody_does_not_count(Security security) => Assert.Empty(_device.Says(With(Network("Lab", security))).Evidence);

    [Fact]
    public void One_that_is_only_written_down_does_not() => Assert.Empty(_device.Says(Of([Network("Home"), Network("Lab")])).Evidence);

    [Fact]
    public void One_that_was_known_and_is_joined_now_does_not() => Assert.Empty(_device.Says(Of([Network("Home")], "Home")).Evidence);

    [Fact]
    public void A_phone_that_hides_its_own_address_does_not() => Assert.Empty(_device.Says(Near(own: false)).Says(With(Network("Lab"))).Evidence);

    [Theory]
    [InlineData("172.20.10.1"), InlineData("192.168.43.1"), InlineData("192.168.42.129")]
    public void A_phones_own_network_does_not(string router) => Assert.Empty(_device.Says(Near(router), Addresses(router)).Says(With(Network("Lab"))).Evidence);

    [Fact]
    public void A_router_that_is_not_known_is_none() => Assert.Empty(At.Device(Of([Network("Home")]), Addresses()).Says(With(Network("Lab"))).Evidence);

    [Fact]
    public void A_network_that_is_removed_within_the_day_earns_nothing() => Assert.Equal(EvidenceState.Undone, _device.Says(With(Network("Lab"))).After(At.Minute).Says(Of([Network("Home")])).Only.State);

    [Fact]
    public void A_machine_that_is_carried_away_takes_nothing_back() =>
        Assert.Equal(EvidenceState.Watched, _device.Says(With(Network("Lab"))).After(At.Minute).Says(Of([Network("Home"), Network("Lab")])).Only.State);

    [Fact]
    public void Networks_that_could_not_be_read_are_no_beginning()
    {
        var blind = new WiFi { Unseen = { new Unseen { What = "/etc/NetworkManager/system-connections", Why = "permission denied" } } };

        Assert.Empty(At.Device(blind, Addresses(), Near()).Says(With(Network("Lab"))).Evidence);
    }

    [Theory]
    [InlineData("/usr/bin/nmcli", "device", "wifi", "connect"), InlineData("/usr/bin/nano", "/etc/wpa_supplicant/wpa_supplicant.conf")]
    public void The_command_tells(string program, params string[] arguments) => Assert.Equal(Doing.Anna, _device.Tells(At.Runs(_device.Now, program, arguments)).Says(With(Network("Lab"))).Only.Person);

    [Theory]
    [InlineData("/usr/bin/nmcli", "device", "wifi", "list"), InlineData("/usr/bin/nmcli", "connection", "delete"), InlineData("/usr/bin/iw", "dev")]
    public void Another_command_does_not(string program, params string[] arguments) => Assert.Null(_device.Tells(At.Runs(_device.Now, program, arguments)).Says(With(Network("Lab"))).Only.Person);

    [Fact]
    public void Another_connection_does_not() => Assert.Null(_device.Tells(Activates(_device.Now, "Home")).Says(With(Network("Lab"))).Only.Person);

    private static AdminAct Activates(DateTimeOffset at, string name) => At.Does(at, Action.ChangeConnection, "connection", name).With(act => act.Verb = "connection-add-activate");

    private static WiFi With(WiFiNetwork network) => Of([Network("Home"), network], network.Ssid);

    private static WiFi Of(WiFiNetwork[] networks, string? joined = null)
    {
        var wifi = new WiFi { Networks = { networks }, Interfaces = { "wlan0" } };
        if (joined is not null) wifi.Joined.Add(new JoinedWiFi { Interface = "wlan0", Ssid = joined, Security = networks.First(one => one.Ssid == joined).Security });
        return wifi;
    }

    private static WiFiNetwork Network(string name, Security security = Security.WpaPsk) => new() { Ssid = name, Security = security };

    private static NetworkInterfaces Addresses(string router = "192.0.2.1") =>
        new() { Interfaces = { new NetworkInterface { Name = "wlan0", Medium = Medium.Wifi, State = NetworkInterface.Types.State.Up, Addresses = { "192.0.2.7/24" } } }, Gateways = { router } };

    private static Neighbours Near(string router = "192.0.2.1", bool own = true) => new() { Neighbours_ = { new Neighbour { Address = router, Interface = "wlan0", MacAddress = "00:11:22:33:44:55", LocallyAdministered = !own } } };
}
