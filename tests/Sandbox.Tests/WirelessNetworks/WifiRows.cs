using CsCheck;
using Sandbox.Agent.Wifi;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;
using static Sandbox.Protocol.WiFiNetwork.Types;

namespace Sandbox.Tests.WirelessNetworks;

/// <summary>Which wireless networks a machine knows, and none of their keys.</summary>
public sealed class WifiRows : IDisposable
{
    private const string Folder = "etc/NetworkManager/system-connections";
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_keyfile_has_every_field()
    {
        Keyfile("hidden=true", "[wifi-security]\nkey-mgmt=sae\npsk=planted\n", more: "autoconnect=false\n");
        _files.With("var/lib/NetworkManager/timestamps", "[timestamps]\nu-1=1700000000\n");

        var one = (await ReadAsync()).Networks.Single();

        Assert.Equal(("Lab", Security.Wpa3Sae, false, true), (one.Ssid, one.Security, one.Autoconnect, one.Hidden));
        Assert.Equal((19_675L, $"/{Folder}/Lab.nmconnection"), (one.LastUsedDay, one.Path));
    }

    [Fact]
    public async Task The_hour_of_use_does_not_change_the_fact()
    {
        Keyfile("", "");
        _files.With("var/lib/NetworkManager/timestamps", "[timestamps]\nu-1=1700000000\n");
        var first = await ReadAsync();
        _files.With("var/lib/NetworkManager/timestamps", "[timestamps]\nu-1=1700000300\n");

        Assert.Equal(first, await ReadAsync());
    }

    [Theory]
    [InlineData("", Security.Open), InlineData("[wifi-security]\nkey-mgmt=wpa-psk\n", Security.WpaPsk), InlineData("[wifi-security]\nkey-mgmt=none\nwep-key0=planted\n", Security.Wep)]
    [InlineData("[wifi-security]\nkey-mgmt=wpa-eap\n[802-1x]\npassword=planted\n", Security.Eap), InlineData("[wifi-security]\nkey-mgmt=owe\n", Security.Owe)]
    [InlineData("[wifi-security]\nkey-mgmt=new\n", Security.Unspecified), InlineData("[wifi-security]\n", Security.Unspecified)]
    public async Task The_way_of_keys_tells_the_security(string section, Security security)
    {
        Keyfile("", section);

        Assert.Equal(security, (await ReadAsync()).Networks.Single().Security);
    }

    [Fact]
    public async Task A_wired_connection_is_none()
    {
        _files.With($"{Folder}/wired", "[connection]\ntype=ethernet\n[wifi]\nssid=x\n");

        Assert.Empty((await ReadAsync()).Networks);
    }

    [Theory]
    [InlineData("Lab", "Lab"), InlineData("76;97;98;", "Lab"), InlineData("a\\;b", "a;b"), InlineData("a;b;", "a;b;"), InlineData("300;", "300;")]
    public void An_ssid_of_a_keyfile_is_text_or_bytes(string written, string ssid) => Assert.Equal(ssid, Ssid.OfKeyfile(written));

    [Theory]
    [InlineData("\"Lab\"", "Lab"), InlineData("4c6162", "Lab"), InlineData("xyz", "xyz"), InlineData("\"\"", ""), InlineData("\"a\\n\"", "a\\n")]
    [InlineData("P\"caf\\xc3\\xa9 \\x9z\\101\\qw\\\"\\e\\\\n\"", "café \tzAqw\"\e\\n"), InlineData("P\"\\n\\r\\t\\303\\251é\\777\\x\\\"", "\n\r\téé\uFFFD"), InlineData("P\"", "P\"")]
    public void An_ssid_of_wpa_supplicant_is_quoted_with_or_without_escapes_or_hexadecimal(string written, string ssid) => Assert.Equal(ssid, Ssid.OfSupplicant(written));

    [Fact]
    public async Task Blocks_of_wpa_supplicant_are_networks_sorted_by_name()
    {
        _files.With(
            "etc/wpa_supplicant/wpa_supplicant.conf",
            "ctrl_interface=/run/wpa\nnetwork={\n ssid=\"Lab\"\n psk=\"planted\"\n key_mgmt=WPA-PSK SAE\n scan_ssid=1\n}\n#network={\nnetwork={\n\tssid=\"Cafe\"\n\tkey_mgmt=NONE\n\tdisabled=1\n}\nnetwork={\n ssid=\"cut");

        var all = (await ReadAsync()).Networks;

        Assert.Equal(["Cafe Open False False", "Lab WpaPsk True True"], all.Select(one => $"{one.Ssid} {one.Security} {one.Autoconnect} {one.Hidden}"));
    }

    [Fact]
    public void Comments_of_wpa_supplicant_end_a_line()
    {
        var one = Supplicant.Parse("network={ # home\n ssid=\"Lab #1\" # \n key_mgmt=SAE # not WPA-PSK\n scan_ssid=1#hidden\n disabled=0 # yet\n } # end\n#network={\n", "/x").Single();

        Assert.Equal(("Lab #1", Security.Wpa3Sae, true, true), (one.Ssid, one.Security, one.Autoconnect, one.Hidden));
    }

    [Theory]
    [InlineData("key_mgmt=SAE", Security.Wpa3Sae), InlineData("key_mgmt=WPA-EAP", Security.Eap), InlineData("key_mgmt=OWE", Security.Owe), InlineData("key_mgmt=NONE\nwep_key0=planted", Security.Wep)]
    [InlineData("psk=planted", Security.WpaPsk), InlineData("key_mgmt=IEEE8021X", Security.Wep), InlineData("key_mgmt=NEW", Security.Unspecified)]
    public void The_weakest_that_is_offered_counts(string lines, Security security) =>
        Assert.Equal(security, Supplicant.Parse($"network={{\nssid=\"x\"\n{lines}\n}}\n", "/x").Single().Security);

    [Fact]
    public async Task Iwd_is_read_by_file_names()
    {
        _files.With("var/lib/iwd/Lab.psk", "[Security]\nPassphrase=planted\n").With("var/lib/iwd/=436166c3a9.open", "").With("var/lib/iwd/corp.8021x", "").With("var/lib/iwd/hotspot", "");

        var all = (await ReadAsync()).Networks;

        Assert.Equal(["Café Open", "Lab WpaPsk", "corp Eap"], all.Select(one => $"{one.Ssid} {one.Security}"));
    }

    [Fact]
    public async Task No_planted_key_comes_into_the_fact()
    {
        Keyfile("", "[wifi-security]\nkey-mgmt=wpa-psk\npsk=planted\nwep-key0=planted\nleap-password=planted\n[802-1x]\nidentity=planted\npassword=planted\nprivate-key-password=planted\n");
        _files.With($"{Folder}/broken", "[connection]\ntype=wifi\n[wifi]\nssid=B\n[wifi-security]\npsk=planted").With(
            "etc/wpa_supplicant/x.conf", "network={\nssid=\"S\"\npsk=\"planted\"\nsae_password=\"planted\"\npassword=hash:planted\nidentity=\"planted\"\nwep_key0=planted\n}\n");
        _files.With("var/lib/iwd/I.psk", "PreSharedKey=planted\n");

        var text = (await ReadAsync()).ToString();

        Assert.Equal(4, (await ReadAsync()).Networks.Count);
        Assert.DoesNotContain("planted", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wireless_interface_of_another_system_is_named_and_that_its_kernel_is_not_there_to_ask()
    {
        _files.WithFolder("sys/class/net/wlan0/phy80211").WithFolder("sys/class/net/eth0");

        var fact = await ReadAsync();

        Assert.Equal(["wlan0"], fact.Interfaces);
        Assert.Equal("Leave out --root", fact.Unseen.Single(one => one.What == "nl80211").Remedy);
    }

    [Fact]
    public async Task A_folder_in_place_of_a_keyfile_is_named()
    {
        _files.WithFolder($"{Folder}/x");

        Assert.Contains((await ReadAsync()).Unseen, one => one.What == $"/{Folder}/x");
    }

    [Fact]
    public void Any_text_is_read_without_a_fault() => Gen.OneOf(Gen.String, Gen.String["network={}\nsid=\";[]"]).Sample(
        text =>
        {
            _ = Supplicant.Parse(text, "/x").Count();
            _ = Agent.Wifi.Keyfile.Parse($"[connection]\ntype=wifi\n[wifi]\nssid={text}\n{text}", "/x");
            _ = Ssid.OfKeyfile(text) + Ssid.OfSupplicant(text) + Ssid.OfSupplicant($"P\"{text}\"");
        },
        iter: Fuzz.Times(2000));

    private void Keyfile(string wifi, string section, string more = "") =>
        _files.With($"{Folder}/Lab.nmconnection", $"[connection]\nid=Lab\nuuid=u-1\ntype=wifi\n{more}\n[wifi]\nssid=Lab\n{wifi}\n{section}");

    private async Task<WiFi> ReadAsync() => (await new LinuxWifi(_files.Root).CollectAsync(TestContext.Current.CancellationToken)).Single().Wifi;
}
