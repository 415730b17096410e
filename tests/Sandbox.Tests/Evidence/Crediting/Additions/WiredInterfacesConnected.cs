using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Attribution;
using static Sandbox.Protocol.NetworkInterface.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Tests.Evidence.Crediting.Additions;

/// <summary>Line 4.2: machines that somebody connected to a wired network, and everything that only looks like it.</summary>
public sealed class WiredInterfacesConnected
{
    private readonly Watched _device = At.Device(Of(Link(State.Down)), Near(), new Hardware());

    [Fact]
    public void An_interface_that_was_not_connected_counts_and_is_whose_act_it_was()
    {
        var item = _device.Tells(At.Runs(_device.Now, "/usr/bin/nmcli", "connection", "up")).Says(Of(Link())).Only;

        Assert.Equal(("4.2", "wired.connected", "interface eth1 (00:1b:21:00:00:01)", "connected at 1000 Mbit/s"), (item.Line, item.Act, item.Target, item.After));
        Assert.Equal((EvidenceState.Watched, Grade.E2, Doing.Anna), (item.State, item.Grade, item.Person!.Value));
        Assert.Contains("what is at the other end of the cable is not known", item.GradeReason, StringComparison.Ordinal);
        Assert.Equal(EvidenceState.Held, _device.After(At.Day).SaysTheSame().Only.State);
    }

    [Fact]
    public void What_announces_itself_at_the_other_end_is_named()
    {
        var near = Near();
        near.Lldp.Add(new LldpNeighbour { Interface = "eth1", ChassisId = "00:1b:21:ff:00:01", PortId = "gi0/7", SystemName = "switch-2" });

        Assert.Equal("connected at 1000 Mbit/s to port gi0/7 of switch-2", _device.Says(near).Says(Of(Link())).Only.After);
    }

    [Fact]
    public void One_that_was_connected_does_not_count_when_the_cable_comes_back() => Assert.Empty(At.Device(Of(Link()), Near(), new Hardware()).Says(Of(Link(State.Down))).After(At.Minute).Says(Of(Link())).Evidence);

    public static TheoryData<string> Unfit => ["virtual", "random", "slow", "local", "wifi", "nowhere"];

    [Theory, MemberData(nameof(Unfit))]
    public void What_is_no_connected_card_does_not(string what) => Assert.Empty(_device.Says(Of(Link(change: one =>
    {
        switch (what)
        {
            case "virtual": one.Medium = Medium.Virtual; break;
            case "random": one.LocallyAdministered = true; break;
            case "slow": one.ClearSpeedMbps(); break;
            case "wifi": one.Medium = Medium.Wifi; break;
            case "nowhere": one.Name = "eth7"; break;
            default:
                one.Addresses.Clear();
                one.Addresses.Add("fe80::1/64");
                break;
        }
    }))).Evidence);

    [Fact]
    public void A_virtual_machine_has_no_cable() => Assert.Empty(At.Device(Of(Link(State.Down)), Near(), new Hardware { Virtualisation = "kvm" }).Says(Of(Link())).Evidence);

    [Fact]
    public void Whether_it_is_one_must_be_known() => Assert.Empty(At.Device(Of(Link(State.Down)), Near()).Says(Of(Link())).Evidence);

    [Fact]
    public void The_same_card_under_another_name_is_no_new_one() => Assert.Empty(At.Device(Of(Link(change: one => one.Name = "eth0")), Near(), new Hardware()).Says(Of(Link())).Evidence);

    [Fact]
    public void The_same_card_under_another_name_and_address_is_none_either() =>
        Assert.Empty(_device.Says(Of(Link(change: one => (one.Name, one.MacAddress) = ("lan1", "00:1b:21:00:00:01"))), new Neighbours { Neighbours_ = { new Neighbour { Address = "192.0.2.1", Interface = "lan1", MacAddress = "00:11:22:33:44:55" } } }).Evidence);

    [Fact]
    public void A_router_that_somebody_entered_is_none() =>
        Assert.Empty(At.Device(Of(Link(State.Down)), new Neighbours { Neighbours_ = { new Neighbour { Address = "192.0.2.1", Interface = "eth1", MacAddress = "00:11:22:33:44:55", Permanent = true } } }, new Hardware()).Says(Of(Link())).Evidence);

    [Fact]
    public void A_cable_that_is_pulled_within_the_day_earns_nothing() => Assert.Equal(EvidenceState.Undone, _device.Says(Of(Link())).After(At.Minute).Says(Of(Link(State.Down))).Only.State);

    [Theory]
    [InlineData("connection-activate", true), InlineData("connection-update", true), InlineData("connection-delete", false), InlineData("device-autoconnect", false)]
    public void What_NetworkManager_says_explains_it_when_it_connects(string verb, bool explains) =>
        Assert.Equal(explains, _device.Tells(At.Does(_device.Now, Action.ChangeConnection, "connection", "Wired").With(act => act.Verb = verb)).Says(Of(Link())).Only.Person is not null);

    [Theory]
    [InlineData("/usr/sbin/ip", "addr", "show", "eth1"), InlineData("/usr/sbin/ifup", "eth0"), InlineData("/usr/bin/nmcli", "device", "status"), InlineData("/usr/bin/cat", "/etc/network/interfaces")]
    public void Another_command_does_not(string program, params string[] arguments) => Assert.Null(_device.Tells(At.Runs(_device.Now, program, arguments)).Says(Of(Link())).Only.Person);

    private static NetworkInterfaces Of(NetworkInterface link) => new() { Interfaces = { link }, Gateways = { "192.0.2.1" } };

    private static NetworkInterface Link(State state = State.Up, Action<NetworkInterface>? change = null)
    {
        var link = new NetworkInterface { Name = "eth1", Medium = Medium.Ethernet, State = state, MacAddress = "00:1b:21:00:00:01", LocallyAdministered = false };
        if (state == State.Up)
        {
            link.SpeedMbps = 1000;
            link.Addresses.Add("192.0.2.7/24");
        }
        change?.Invoke(link);
        return link;
    }

    private static Neighbours Near() => new() { Neighbours_ = { new Neighbour { Address = "192.0.2.1", Interface = "eth1", MacAddress = "00:11:22:33:44:55" } } };
}
