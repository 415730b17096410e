using Sandbox.Protocol;

namespace Sandbox.EndToEnd.Machines;

/// <summary>What only a machine with firmware, disks and tunnels of its own can tell.</summary>
public sealed class KernelAndFirmware(InstalledMachine installed) : MachineTest(installed)
{
    [Fact]
    public async Task The_firmware_says_what_the_machine_is()
    {
        var hardware = await Installed.KnowsAsync("its hardware", Fact.HardwareFieldNumber, fact => fact.Hardware, Ct);

        Assert.Equal(("QEMU", "Standard PC (i440FX + PIIX, 1996)"), (hardware.Manufacturer, hardware.Product));
        Assert.StartsWith("SeaBIOS", hardware.Firmware, StringComparison.Ordinal);
        Assert.Equal(["DATA-1", "DATA-2", "DATA-3", "OLD-1", "ROOT-1"], hardware.Disks.Select(disk => disk.SerialNumber).Order(StringComparer.Ordinal));
        Assert.Equal(2u, hardware.LogicalProcessors);
    }

    [Fact]
    public async Task A_tunnel_of_WireGuard_is_seen_as_it_is_set_up_with_its_interface_and_without_its_keys()
    {
        await RootAsync("""
            umask 077; key=$(wg genkey)
            printf '[Interface]\nPrivateKey = %s\nAddress = 10.9.0.1/24\nListenPort = 51820\n[Peer]\nPublicKey = %s\nAllowedIPs = 10.9.0.2/32\n' "$key" "$(wg genkey | wg pubkey)" >/etc/wireguard/lab.conf
            systemctl -q enable --now wg-quick@lab
            """);

        var tunnel = await Installed.KnowsAsync("the tunnel", Fact.RemoteAccessFieldNumber, fact => fact.RemoteAccess.Wireguard.FirstOrDefault(one => one is { Interface: "lab", Enabled: true }), Ct);
        Assert.Equal((51820u, 1u), (tunnel.ListenPort, tunnel.PeerCount));
        await Installed.KnowsAsync("the interface", Fact.NetworkInterfacesFieldNumber, fact => fact.NetworkInterfaces.Interfaces.FirstOrDefault(one => one.Name == "lab"), Ct);
        Assert.DoesNotContain((await RootAsync("wg show lab private-key")).Trim(), Installed.Known(Fact.RemoteAccessFieldNumber)!.ToString(), StringComparison.Ordinal);
        await RootAsync("systemctl -q disable --now wg-quick@lab; rm /etc/wireguard/lab.conf");
    }

    [Fact]
    public async Task A_firewall_is_active_when_its_rules_keep_something_out()
    {
        await RootAsync("nft 'add table inet guard; add chain inet guard in { type filter hook input priority 0; policy drop; }; add rule inet guard in ct state established,related accept; add rule inet guard in iif lo accept; add rule inet guard in tcp dport 22 accept'");
        await Installed.KnowsAsync("a firewall that drops", Fact.FirewallFieldNumber, fact => fact.Firewall.ToString().Contains("guard", StringComparison.Ordinal) ? fact : null, Ct);

        await RootAsync("nft delete table inet guard");
        await Installed.KnowsAsync("no such table", Fact.FirewallFieldNumber, fact => fact.Firewall.ToString().Contains("guard", StringComparison.Ordinal) ? null : fact, Ct);
    }
}
