using Sandbox.Agent.Wifi;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;
using static Sandbox.Protocol.WiFiNetwork.Types;

namespace Sandbox.Tests.WirelessNetworks;

/// <summary>Which network a machine is in, by bytes as a kernel with a radio sends them.</summary>
public sealed class JoinedRows : IDisposable
{
    private readonly MachineFiles _files = new MachineFiles().WithFolder("sys/class/net/wlan0/phy80211");

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_joined_network_has_every_field()
    {
        var fact = await ReadAsync(Radio.In(Radio.Sae));

        Assert.Equal([new JoinedWiFi { Interface = "wlan0", Ssid = "Lab", Security = Security.Wpa3Sae, FrequencyMhz = 5180 }], fact.Joined);
        Assert.Empty(fact.Unseen);
    }

    [Fact]
    public async Task An_access_point_that_was_only_seen_is_not_joined()
    {
        var fact = await ReadAsync(new Radio().With(3, "wlan0", "Lab", Radio.Point(null, Radio.Psk), Radio.Point(0, Radio.Psk)));

        Assert.Empty(fact.Joined);
        Assert.Empty(fact.Unseen);
    }

    [Fact]
    public async Task Interfaces_are_sorted_and_access_points_of_this_machine_left_out()
    {
        var radio = new Radio().With(4, "wlan1", "B", Radio.Point(1, Radio.Psk)).With(3, "wlan0", "A", Radio.Point(1, Radio.Psk));
        radio.Interfaces.Add(NetlinkBytes.Message(NetlinkBytes.Family, 7, NetlinkBytes.Number(3, 5), NetlinkBytes.Text(4, "ap0"), NetlinkBytes.Number(5, 3)));

        Assert.Equal(["wlan0 A", "wlan1 B"], (await ReadAsync(radio)).Joined.Select(one => $"{one.Interface} {one.Ssid}"));
    }

    [Theory]
    [InlineData("4c6162", "Lab"), InlineData("", ""), InlineData("0000", ""), InlineData("ff", "\uFFFD")]
    public async Task A_kernel_that_does_not_name_the_network_leaves_it_to_the_beacon(string hex, string ssid) =>
        Assert.Equal(ssid, (await ReadAsync(Radio.In([.. Radio.Element(0, Convert.FromHexString(hex)), .. Radio.Psk], ssid: null))).Joined.Single().Ssid);

    [Fact]
    public async Task Elements_may_be_known_of_the_beacon_alone() =>
        Assert.Equal(Security.WpaPsk, (await ReadAsync(new Radio().With(3, "wlan0", "Lab", Radio.Point(1, Radio.Psk, elementsAs: 11)))).Joined.Single().Security);

    [Fact]
    public async Task A_scan_that_is_refused_leaves_name_and_frequency_and_a_reason()
    {
        var radio = new Radio { ScanRefusal = 1 }.With(3, "wlan0", "Lab").With(4, "wlan1", null);

        var fact = await ReadAsync(radio);

        Assert.Equal([new JoinedWiFi { Interface = "wlan0", Ssid = "Lab", FrequencyMhz = 5200 }], fact.Joined);
        Assert.Equal(["the access point of wlan0: Operation not permitted", "the access point of wlan1: Operation not permitted"], fact.Unseen.Select(one => one.Why));
    }

    [Fact]
    public async Task A_kernel_without_nl80211_beside_a_wireless_interface_is_said()
    {
        var fact = await ReadAsync(new Radio { HasFamily = false });

        Assert.Empty(fact.Joined);
        Assert.Equal("nl80211", fact.Unseen.Single().What);
    }

    [Fact]
    public async Task A_machine_without_wireless_interfaces_is_asked_nothing()
    {
        using var wired = new MachineFiles().WithFolder("sys/class/net/eth0");
        var radio = Radio.In(Radio.Psk);

        var fact = (await new LinuxWifi(wired.Root, radio).CollectAsync(TestContext.Current.CancellationToken)).Single().Wifi;

        Assert.Equal((0, new WiFi()), (radio.Asked, fact));
    }

    [Theory]
    [InlineData(2, 1), InlineData(3, 0)]
    public async Task A_list_that_changed_meanwhile_is_asked_for_three_times_at_the_most(int interrupted, int joined)
    {
        var radio = Radio.In(Radio.Psk);
        radio.InterruptedScans = interrupted;

        Assert.Equal(joined, (await ReadAsync(radio)).Joined.Count);
    }

    [Fact]
    public void The_family_is_found_with_its_group() => Assert.Equal((NetlinkBytes.Family, 9u), GenericFamily.Find(new Radio(), "nl80211") is { } found ? (found.Number, found.Groups["mlme"]) : default);

    [Theory]
    [InlineData(46, true), InlineData(47, true), InlineData(48, true), InlineData(37, false), InlineData(19, false)]
    public void Joining_leaving_and_going_over_wake(byte command, bool wakes) => Assert.Equal(wakes, JoinChanges.IsOne(NetlinkBytes.Message(NetlinkBytes.Family, command)));

    private async Task<WiFi> ReadAsync(Radio radio) => (await new LinuxWifi(_files.Root, radio).CollectAsync(TestContext.Current.CancellationToken)).Single().Wifi;
}
