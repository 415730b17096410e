using Sandbox.Agent.Inventory;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;
using static Sandbox.Protocol.NetworkInterface.Types;

namespace Sandbox.Tests.Inventory;

public sealed class NetworkRows : IDisposable
{
    private const string Routes = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_wired_interface_says_state_address_speed_and_mtu()
    {
        Interface("eth0", state: "up", mac: "3C:52:82:00:00:01", device: true);
        _files.With("sys/class/net/eth0/speed", "1000\n").With("sys/class/net/eth0/mtu", "1500\n").With("sys/class/net/eth0/flags", "0x1003\n");

        var one = (await ReadAsync()).Interfaces.Single();

        Assert.Equal(
            ("eth0", Medium.Ethernet, State.Up, "3c:52:82:00:00:01", false, 1000u, 1500u, true),
            (one.Name, one.Medium, one.State, one.MacAddress, one.LocallyAdministered, one.SpeedMbps, one.MtuBytes, one.Enabled));
    }

    [Fact]
    public async Task Loopback_has_no_hardware_address()
    {
        Interface("lo", state: "unknown", mac: "00:00:00:00:00:00", type: "772");

        var one = (await ReadAsync()).Interfaces.Single();

        Assert.Equal((Medium.Loopback, State.Unknown, false, false), (one.Medium, one.State, one.HasMacAddress, one.HasLocallyAdministered));
    }

    [Fact]
    public async Task A_radio_is_wifi()
    {
        Interface("wlp3s0", device: true);
        _files.WithFolder("sys/class/net/wlp3s0/phy80211");

        Assert.Equal(Medium.Wifi, (await ReadAsync()).Interfaces.Single().Medium);
    }

    [Fact]
    public async Task What_has_no_device_is_virtual()
    {
        Interface("docker0", mac: "02:42:ac:11:00:01");

        var one = (await ReadAsync()).Interfaces.Single();

        Assert.Equal((Medium.Virtual, true), (one.Medium, one.LocallyAdministered));
    }

    [Theory]
    [InlineData("up", "-1"), InlineData("up", "0"), InlineData("down", "1000"), InlineData("up", "4294967295x")]
    public async Task Without_a_link_there_is_no_speed(string state, string speed)
    {
        Interface("eth0", state, device: true);
        _files.With("sys/class/net/eth0/speed", speed);

        Assert.False((await ReadAsync()).Interfaces.Single().HasSpeedMbps);
    }

    [Theory]
    [InlineData("down", State.Down), InlineData("dormant", State.Dormant), InlineData("lowerlayerdown", State.LowerLayerDown)]
    [InlineData("notpresent", State.NotPresent), InlineData("testing", State.Testing), InlineData("new word", State.Unspecified)]
    public async Task The_state_is_the_kernels(string said, State state)
    {
        Interface("eth0", said);

        Assert.Equal(state, (await ReadAsync()).Interfaces.Single().State);
    }

    [Fact]
    public async Task An_interface_that_is_switched_off_says_so()
    {
        Interface("eth0", "down");
        _files.With("sys/class/net/eth0/flags", "0x1002");

        var one = (await ReadAsync()).Interfaces.Single();

        Assert.Equal((true, false), (one.HasEnabled, one.Enabled));
    }

    [Fact]
    public async Task A_file_among_the_interfaces_is_none()
    {
        _files.With("sys/class/net/bonding_masters", "");

        Assert.Empty((await ReadAsync()).Interfaces);
    }

    [Fact]
    public async Task Below_another_root_the_addresses_are_unseen()
    {
        var network = await ReadAsync();

        Assert.Contains(network.Unseen, one => one.What == "getifaddrs" && one.HasRemedy);
    }

    [Fact]
    public async Task This_system_knows_its_own_loopback_address()
    {
        var network = (await new LinuxNetworkInterfaces("/").CollectAsync(TestContext.Current.CancellationToken)).Single().NetworkInterfaces;

        Assert.Contains("127.0.0.1/8", network.Interfaces.Single(one => one.Name == "lo").Addresses);
    }

    [Fact]
    public async Task The_gateway_of_the_lower_metric_comes_first()
    {
        _files.With("proc/net/route", Routes
            + "wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n"
            + "eth0\t00000000\tFE01A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"
            + "eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n");

        Assert.Equal(["192.168.1.254", "192.168.1.1"], (await ReadAsync()).Gateways);
    }

    [Fact]
    public async Task A_default_route_without_a_gateway_names_none()
    {
        _files.With("proc/net/route", Routes + "ppp0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0\n");

        var network = await ReadAsync();

        Assert.Empty(network.Gateways);
        Assert.DoesNotContain(network.Unseen, one => one.What == "/proc/net/route");
    }

    [Fact]
    public async Task An_ipv6_gateway_comes_after_those_of_ipv4()
    {
        const string Zero = "00000000000000000000000000000000";
        _files.With("proc/net/route", Routes + "eth0\t00000000\t0101A8C0\t0003\t0\t0\t900\t00000000\t0\t0\t0\n")
            .With("proc/net/ipv6_route",
                $"{Zero} 00 {Zero} 00 fe800000000000000000000000000001 00000400 00000003 00000000 00000003     eth0\n"
                + $"{Zero} 00 {Zero} 00 {Zero} ffffffff 00000001 00000000 00200200       lo\n");

        Assert.Equal(["192.168.1.1", "fe80::1"], (await ReadAsync()).Gateways);
    }

    [Fact]
    public async Task Name_servers_keep_their_order_and_end_after_the_third()
    {
        _files.With("etc/resolv.conf", "# nameserver 9.9.9.9\nsearch lab\nnameserver 10.0.0.2\nnameserver\t10.0.0.1 \n nameserver 8.8.8.8\nnameserver fe80::1%eth0\nnameserver 1.1.1.1\n");

        Assert.Equal(["10.0.0.2", "10.0.0.1", "fe80::1%eth0"], (await ReadAsync()).NameServers);
    }

    [Fact]
    public async Task A_missing_resolver_file_is_unseen()
    {
        var network = await ReadAsync();

        Assert.Contains(network.Unseen, one => one is { What: "/etc/resolv.conf", Why: "not present" });
    }

    [Fact]
    public void Only_the_running_system_is_listened_to()
    {
        using var listening = new LinuxNetworkInterfaces(_files.Root).Listen(() => { });

        Assert.Null(listening);
    }

    private void Interface(string name, string state = "up", string mac = "3c:52:82:00:00:01", string type = "1", bool device = false)
    {
        var at = $"sys/class/net/{name}";
        _files.With($"{at}/operstate", state + "\n").With($"{at}/address", mac + "\n").With($"{at}/type", type + "\n");
        if (device) _files.WithFolder($"{at}/device");
    }

    private async Task<NetworkInterfaces> ReadAsync() =>
        (await new LinuxNetworkInterfaces(_files.Root).CollectAsync(TestContext.Current.CancellationToken)).Single().NetworkInterfaces;
}
