using System.Diagnostics;
using System.Text;
using Google.Protobuf;

namespace Sandbox.Tests.RemoteWays;

/// <summary>Private keys, pre-shared keys and passwords lie beside all that is read here; none of them is in the fact.</summary>
public sealed class NoSecretLeaves : IDisposable
{
    private const string Secret = "S3CRETwordS3CRETwordS3CRETwordS3CRETwordS3C=";
    private readonly RemoteMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("\n"), InlineData("\r\n"), InlineData("\n\n#\n")]
    public async Task No_planted_secret_is_in_any_byte_of_the_fact(string newline)
    {
        Plant(newline);

        var fact = await _machine.ReadAsync();

        Assert.Equal((2, 3, 1, 1, 1), (fact.Wireguard.Count, fact.Openvpn.Count, fact.NetworkManagerVpns.Count, fact.AuthorizedKeys.Count, fact.HostKeys.Count));
        Nowhere(fact, Secret);
    }

    [Fact]
    public async Task A_key_of_the_real_wg_stays_where_it_is()
    {
        Assert.SkipWhen(!File.Exists("/usr/bin/wg"), "wg is not installed here. Type: sudo apt-get install wireguard-tools");
        var (mine, shared) = (Generated("genkey"), Generated("genpsk"));
        _machine.With("etc/wireguard/wg0.conf", $"[Interface]\nPrivateKey = {mine}\n[Peer]\nPublicKey = {Secret}\nPresharedKey = {shared}\n");

        var fact = await _machine.ReadAsync();

        Assert.True(fact.Wireguard[0].Peers[0].PresharedKeySet);
        Nowhere(fact, mine, shared);
    }

    [Fact]
    public async Task Half_a_file_gives_no_half_of_a_secret()
    {
        Plant("\n");
        foreach (var path in Directory.EnumerateFiles(_machine.Files.At("etc"), "*", SearchOption.AllDirectories).ToList())
        {
            var whole = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
            for (var cut = 1; cut < 4; cut++)
            {
                await File.WriteAllTextAsync(path, whole[..(whole.Length * cut / 4)], TestContext.Current.CancellationToken);

                Nowhere(await _machine.ReadAsync(), "S3CRET");
            }
        }
    }

    private void Plant(string newline)
    {
        string Text(params string[] lines) => string.Join(newline, lines) + newline;
        _machine.Sshd(Text($"ForceCommand /bin/x {Secret}", $"SetEnv TOKEN={Secret}", $"AuthorizedKeysCommand /bin/keys {Secret}", $"{Secret}", "HostKey /etc/ssh/host", $"Subsystem x {Secret}", $"# {Secret}"))
            .With("etc/ssh/host", Text("-----BEGIN OPENSSH PRIVATE KEY-----", Secret))
            .With("etc/ssh/host.pub", Text("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEDqa+9B0oLbM/KKEKAVMKz0l2QRXfpI9fsn1KaYrOzg"))
            .With("home/anna/.ssh/authorized_keys", Text($"command=\"x {Secret}\",environment=\"T={Secret}\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEDqa+9B0oLbM/KKEKAVMKz0l2QRXfpI9fsn1KaYrOzg", Secret, "-----BEGIN OPENSSH PRIVATE KEY-----", Secret))
            .With("etc/wireguard/wg0.conf", Text("[Interface]", $"PrivateKey = {Secret}", $"PostUp = x {Secret}", "[Peer]", $"PresharedKey={Secret}", $"presharedkey = {Secret} # {Secret}", $"AllowedIPs = {Secret}"))
            .With("etc/systemd/network/a.netdev", Text("[NetDev]", "Kind=wireguard", "Name=wg1", "[WireGuard]", $"PrivateKey={Secret}", "[WireGuardPeer]", $"PresharedKey={Secret}"))
            .With("etc/openvpn/a.conf", Text("client", "<key>", "-----BEGIN PRIVATE KEY-----", Secret, $"auth {Secret}", "</key>", "<tls-auth>", Secret, "</tls-auth>", "<auth-user-pass>", "anna", Secret, "</auth-user-pass>", $"askpass {Secret}", $"management 127.0.0.1 1 {Secret}"))
            .With("etc/openvpn/server/b.conf", Text("server 10.0.0.0 255.0.0.0", "<secret>", Secret, "remote x", $"remote {Secret}"))
            .With("etc/openvpn/client/c.ovpn", Text("<tls-crypt>", Secret, " </tls-crypt> ", "client", $"setenv X {Secret}", $"<{Secret}>", Secret, $"</{Secret}>"))
            .With("etc/NetworkManager/system-connections/lab", Text("[connection]", "id=lab", "type=vpn", "[vpn]", $"user={Secret}", "[vpn-secrets]", $"password={Secret}", "[802-1x]", $"private-key-password={Secret}"))
            .With("etc/NetworkManager/system-connections/wifi", Text("[connection]", $"id={Secret}", "type=wifi", "[wifi-security]", $"psk={Secret}"));
    }

    private static void Nowhere(Protocol.RemoteAccess fact, params string[] secrets)
    {
        var bytes = Encoding.Latin1.GetString(fact.ToByteArray());
        foreach (var secret in secrets) Assert.DoesNotContain(secret, bytes, StringComparison.Ordinal);
    }

    private static string Generated(string what)
    {
        using var wg = Process.Start(new ProcessStartInfo("/usr/bin/wg", [what]) { RedirectStandardOutput = true })!;
        return wg.StandardOutput.ReadToEnd().Trim();
    }
}
