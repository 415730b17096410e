using System.Text;
using CsCheck;
using Sandbox.Agent.RemoteAccess;
using Sandbox.Agent.RemoteAccess.Ssh;
using Sandbox.Agent.RemoteAccess.Vpn;

namespace Sandbox.Tests.RemoteWays;

public sealed class DamagedRemoteFiles : IDisposable
{
    private static readonly string[] Files =
    [
        "etc/ssh/sshd_config", "etc/ssh/ssh_host_rsa_key.pub", "etc/passwd", "home/anna/.ssh/authorized_keys", "etc/wireguard/a.conf", "etc/openvpn/a.conf", "etc/systemd/network/a.netdev",
        "etc/NetworkManager/system-connections/a", "proc/net/tcp", "proc/1/comm",
    ];

    private static readonly string[] Pieces =
    [
        "Match", " all", "\n", "Include *", "Include sshd_config", "Port", " 22", "=", "\"", "'", "\\", "#", "yes", "AllowUsers", " ", "Ciphers", " +", " -*", " ^", "ListenAddress", " [::1]:22", " [", "MaxStartups",
        " 1:2", "LoginGraceTime", " 99999999999w", "HostKey", " none", "AuthorizedKeysFile", " %", " %%%h", "\0", "\uFFFD", "PermitRootLogin", "Banner",
    ];

    private readonly RemoteMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Binary_junk_in_every_file_ends_in_a_fact() =>
        Gen.Byte.Array[0, 2000].Sample(bytes =>
        {
            foreach (var path in Files)
            {
                _machine.With(path, "");
                File.WriteAllBytes(_machine.Files.At(path), bytes);
            }

            return Read().CalculateSize() < 1 << 20;
        }, iter: Fuzz.Times(60), threads: 1);

    [Fact]
    public void No_configuration_of_sshd_breaks_the_reader() =>
        Gen.Int[0, Pieces.Length - 1].Array[0, 40].Sample(picks =>
        {
            _machine.Sshd(string.Concat(picks.Select(pick => Pieces[pick])));
            return Read().CalculateSize() < 1 << 20;
        }, iter: Fuzz.Times(300), threads: 1);

    [Fact]
    public void Keys_of_random_bytes_have_a_fingerprint_or_are_none() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            var named = (byte[])[0, 0, 0, 7, .. "ssh-rsa"u8, .. bytes];
            return AuthorizedKeyLine.Parse($"ssh-rsa {Convert.ToBase64String(named)}") is { Fingerprint.Length: 50 } && AuthorizedKeyLine.Parse(Encoding.Latin1.GetString(bytes)) is null;
        }, iter: Fuzz.Times(500), threads: 1);

    [Fact]
    public void Files_in_sections_give_only_what_was_asked_for() =>
        Gen.String.Sample(text => AskedValues.Of(text, "id").All(value => value.Key is "" or "id"), iter: Fuzz.Times(500), threads: 1);

    [Fact]
    public void A_text_that_may_be_repeated_is_short_and_plain() =>
        Gen.String.Sample(text => PlainText.Of(text) is not { } plain || (plain == text && plain.Length <= 100 && plain.All(c => c is > ' ' and < '\u007f')), iter: Fuzz.Times(500), threads: 1);

    private Protocol.RemoteAccess Read() =>
        new LinuxRemoteAccess(_machine.Files.Root).CollectAsync(TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult()[0].RemoteAccess;
}
