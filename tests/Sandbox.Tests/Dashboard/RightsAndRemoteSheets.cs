using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Facts;

namespace Sandbox.Tests.Dashboard;

public sealed class RightsAndRemoteSheets
{
    private static readonly string?[][] Rights = Rows(SampleFacts.Rights());
    private static readonly string?[][] Remote = Rows(SampleFacts.Remote());

    [Theory]
    [InlineData("elif|1000|%sudo|no|some commands, which is no protection|/etc/sudoers.d/lab:2"), InlineData("sudo|yes|elif|/etc/sudoers.d/lab:2")]
    [InlineData("group sudo|every host|ALL : ALL|everything; not /bin/su|no password, may set the environment|/etc/sudoers.d/lab:2"), InlineData("use_pty|on|file|/etc/sudoers:9 says on")]
    [InlineData("/usr/share/polkit-1/rules.d/50-default.rules|unix-group:sudo")]
    public void Administration_rights_are_told_in_words(string row) => Assert.Contains(row, Rights.Select(cells => string.Join('|', cells)));

    [Theory]
    [InlineData("PermitRootLogin|no|file|/etc/ssh/sshd_config.d/lab.conf:1 says no; /etc/ssh/sshd_config:40 says yes where Address 192.0.2.0/24")]
    [InlineData("SHA256:hosthosthosthost|this host|ssh-ed25519, 256 bits|root@lab|none|/etc/ssh/ssh_host_ed25519_key.pub:1"), InlineData("SHA256:elifelifelifelif|elif|ssh-rsa, 3072 bits|none|from|/home/elif/.ssh/authorized_keys:3")]
    [InlineData("wg0|yes|51820|1: peerpeer= at vpn.example.org with 10.0.0.2/32|/etc/wireguard/wg0.conf"), InlineData("lab|Client|no|vpn.example.org 1194|AES-256-GCM, default digest|/etc/openvpn/lab.conf")]
    [InlineData("Home|vpn|5d5f3f0e-2f0e-4f7e-9a41-1b7f6a2f2f10|/etc/NetworkManager/system-connections/home.nmconnection"), InlineData("xrdp|remote desktop|yes|yes|[::]:3389")]
    public void Ways_in_are_told_in_words(string row) => Assert.Contains(row, Remote.Select(cells => string.Join('|', cells)));

    [Fact]
    public void What_a_device_does_not_say_is_empty_and_never_no()
    {
        var rows = Rows(new Fact { RemoteAccess = new RemoteAccess { Programs = { new RemoteProgram { Name = "xrdp" } }, Wireguard = { new WireGuardTunnel { Interface = "wg0" } } } });

        Assert.Contains(rows, cells => cells is ["xrdp", null, null, null, null]);
        Assert.Contains(rows, cells => cells is ["wg0", null, "any", "0", ""]);
    }

    [Fact]
    public void Every_table_has_a_cell_for_each_column() => Assert.All(
        FactTables.Of(SampleFacts.Rights()).Concat(FactTables.Of(SampleFacts.Remote())), table => Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Cells.Count)));

    private static string?[][] Rows(Fact fact) => [.. FactTables.Of(fact).SelectMany(table => table.Rows).Select(row => row.Cells.ToArray())];
}
