using Sandbox.Protocol;
using static Sandbox.Protocol.WiFiNetwork.Types;

namespace Sandbox.EndToEnd.Machines;

/// <summary>Two radios of the kernel's own (mac80211_hwsim): one is an access point by Debian's hostapd, with the other one the machine joins it.</summary>
public sealed class WirelessNetwork(InstalledMachine installed) : MachineTest(installed)
{
    private const string Passphrase = "secret-of-the-air";
    private const string File = "/etc/wpa_supplicant/wpa_supplicant-wlan1.conf";
    private const string PointsAddress = "02:00:00:00:00:00";

    [Theory]
    [InlineData("WPA-PSK", Security.WpaPsk, "wpa_supplicant@wlan1"), InlineData("SAE", Security.Wpa3Sae, "hostapd@wlan0")]
    public async Task A_network_is_joined_until_the_machine_leaves_or_the_access_point_is_gone(string way, Security security, string goes)
    {
        var joined = await JoinAsync(way);

        Assert.Equal([new JoinedWiFi { Interface = "wlan1", Ssid = "lab air", Security = security, FrequencyMhz = 2437 }], joined.Joined);
        Assert.Equal([new WiFiNetwork { Ssid = "lab air", Security = security, Autoconnect = true, Hidden = false, Path = File }], joined.Networks);
        Assert.Equal(["wlan0", "wlan1"], joined.Interfaces);
        Assert.Empty(joined.Unseen);
        Assert.DoesNotContain(PointsAddress, joined.ToString(), StringComparison.Ordinal);

        await RootAsync("systemctl stop " + goes);
        await Installed.KnowsAsync("it is left", Fact.WifiFieldNumber, fact => fact.Wifi.Joined.Count == 0 ? fact : null, Ct);
        await NoRadioAsync();
        Assert.DoesNotContain(Passphrase, Installed.Stored(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_access_point_announces_over_the_air_is_not_listened_to()
    {
        await JoinAsync("WPA-PSK");
        await RootAsync("ip link add cable type veth peer name port; ip link set cable up; ip link set port up; systemctl restart sandbox-agent");

        await RootAsync("systemd-run -q --unit lab-air lldpd -d -I wlan0 -u /run/lab-air; timeout 60 sh -c 'until lldpcli -u /run/lab-air -f keyvalue show statistics | grep -q wlan0.tx.tx=1; do sleep 0.2; done'");
        await RootAsync("systemd-run -q --unit lab-switch lldpd -d -I port -u /run/lab-switch");

        var heard = await Installed.KnowsAsync("the switch", Fact.NeighboursFieldNumber, fact => fact.Neighbours.Lldp.Count > 0 ? fact.Neighbours.Lldp : null, Ct);
        Assert.Equal(["cable"], heard.Select(one => one.Interface));
        await RootAsync("systemctl stop lab-air lab-switch; ip link del cable");
        await NoRadioAsync();
    }

    private async Task<WiFi> JoinAsync(string way)
    {
        await RootAsync("modprobe mac80211_hwsim radios=2; udevadm settle");
        await WriteAsync("/etc/hostapd/wlan0.conf", $"interface=wlan0\nssid=lab air\nhw_mode=g\nchannel=6\nwpa=2\nrsn_pairwise=CCMP\nieee80211w=1\nwpa_key_mgmt={way}\nwpa_passphrase={Passphrase}\n");
        await WriteAsync(File, $"ctrl_interface=/run/wpa_supplicant\nnetwork={{\n\tssid=\"lab air\"\n\tkey_mgmt={way}\n\tieee80211w=1\n\tpsk=\"{Passphrase}\"\n}}\n");
        await RootAsync("systemctl start hostapd@wlan0 wpa_supplicant@wlan1");
        return await Installed.KnowsAsync("the network is joined", Fact.WifiFieldNumber, fact => fact.Wifi.Joined.Count > 0 ? fact.Wifi : null, Ct);
    }

    private async Task NoRadioAsync()
    {
        await RootAsync($"systemctl stop wpa_supplicant@wlan1 hostapd@wlan0; rm {File} /etc/hostapd/wlan0.conf; modprobe -r mac80211_hwsim");
        await Installed.KnowsAsync("no network", Fact.WifiFieldNumber, fact => fact.Wifi is { Networks.Count: 0, Joined.Count: 0 } ? fact : null, Ct);
    }

    // As with an editor: on no command line.
    private async Task WriteAsync(string path, string text) => _ = (await Installed.Machine.RunAsync($"umask 077; cat > {path}", Ct, typed: text)).Worked;
}
