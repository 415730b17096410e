using System.Diagnostics;

namespace Sandbox.Tests.RemoteWays;

/// <summary>What Debian's own sshd makes of the same files: <c>sshd -T</c>, and <c>ssh-keygen -l</c> of keys.</summary>
public sealed class RealSshd : IDisposable
{
    private const string Server = "/usr/sbin/sshd";
    private readonly RemoteMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("PermitRootLogin prohibit-password\nPermitRootLogin yes\npasswordauthentication=no\nChallengeResponseAuthentication no\nMaxAuthTries 3\n")]
    [InlineData("Include INC/*.conf\nPermitRootLogin yes\nX11Forwarding yes\n")]
    [InlineData("PermitRootLogin no\nMaxAuthTries 3\nMatch all\n  PermitRootLogin yes\n  MaxAuthTries 4\n  MaxAuthTries 5\n")]
    [InlineData("Match User nobody\n  X11Forwarding yes\nInclude INC/*.conf\nMatch all\n  PermitRootLogin no\n  MaxAuthTries 2\n")]
    [InlineData("AllowUsers anna bob\nAllowUsers \"cleo\" # all\nDenyGroups a b\nPort 2222\nPort 22\nListenAddress 127.0.0.1\nListenAddress [::1]:2200\n")]
    [InlineData("Ciphers +3des-cbc\nMACs -umac-*,hmac-sha1\nKexAlgorithms ^diffie-hellman-group14-sha256\nHostKeyAlgorithms -ssh-ed25519*\nPubkeyAcceptedKeyTypes +ssh-rsa\n")]
    [InlineData("LoginGraceTime 1h2m\nClientAliveInterval 5m\nClientAliveCountMax 0\nMaxStartups 5\nMaxSessions 1\nLogLevel debug1\nSyslogFacility authpriv\nAllowTcpForwarding all\nGatewayPorts clientspecified\n")]
    [InlineData("Banner \"/etc/my banner\"\nAuthorizedKeysFile /etc/keys/%u .ssh/authorized_keys\nStrictModes no\nIgnoreRhosts shosts-only\nPermitTunnel ethernet\nUseDNS yes\nPermitUserEnvironment LANG*\nCompression delayed\nAddressFamily inet\n")]
    [InlineData("  UsePAM   yes  \nProtocol 2\nUsePrivilegeSeparation yes\nTCPKeepAlive no\nKeepAlive yes\nPrintLastLog no\nAuthenticationMethods publickey,password publickey\nTrustedUserCAKeys none\nPermitEmptyPasswords YES\n")]
    public async Task Our_values_in_force_are_those_of_sshd(string text)
    {
        Assert.SkipWhen(!File.Exists(Server), "Debian's sshd is not installed here. Type: sudo apt-get install openssh-server");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "sshd -T wants to read host keys, which is for root alone.");
        Directory.CreateDirectory("/run/sshd");
        var folder = _machine.Files.At("etc/ssh/inc");
        _machine.With("etc/ssh/inc/b.conf", "PermitRootLogin no\nMatch Group x\nX11Forwarding no\n").With("etc/ssh/inc/a.conf", "MaxAuthTries 1\nPermitTTY no\n");
        _machine.Sshd(text.Replace("INC", folder, StringComparison.Ordinal));
        var theirs = (await RunAsync(Server, "-T", "-f", _machine.Files.At("etc/ssh/sshd_config"))).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2)).ToLookup(line => line[0], line => line[1]);
        Assert.NotEmpty(theirs);
        _machine.Sshd(text.Replace("INC", "inc", StringComparison.Ordinal));

        var ours = (await _machine.ReadAsync()).SshdSettings;

        foreach (var setting in ours.Where(setting => setting.Name != "Protocol"))
            Assert.Equal($"{setting.Name} {Sorted(string.Join(' ', theirs[setting.Name.ToLowerInvariant()]), setting.Name)}", $"{setting.Name} {Sorted(setting.Effective, setting.Name)}");
    }

    [Theory]
    [InlineData("ed25519", "256"), InlineData("rsa", "2048"), InlineData("rsa", "3072"), InlineData("ecdsa", "256"), InlineData("ecdsa", "521")]
    public async Task Fingerprint_and_size_are_those_of_ssh_keygen(string type, string bits)
    {
        Assert.SkipWhen(!File.Exists("/usr/bin/ssh-keygen"), "ssh-keygen is not installed here. Type: sudo apt-get install openssh-client");
        var key = _machine.Files.WithFolder("root").At("root/key");
        await RunAsync("/usr/bin/ssh-keygen", "-q", "-t", type, "-b", bits, "-N", "", "-C", "anna@lab", "-f", key);
        var words = (await RunAsync("/usr/bin/ssh-keygen", "-l", "-f", $"{key}.pub")).Split(' ');
        _machine.With("home/anna/.ssh/authorized_keys", await File.ReadAllTextAsync($"{key}.pub", TestContext.Current.CancellationToken));

        var ours = Assert.Single(Assert.Single((await _machine.ReadAsync()).AuthorizedKeys).Keys);

        Assert.Equal((words[0], words[1], words[2]), (ours.Bits.ToString(), ours.Fingerprint, ours.Comment));
    }

    // sshd prints addresses and values of repeated lines in an order of its own.
    private static string Sorted(string text, string name) => name is "ListenAddress" or "Port" or "HostKey" ? string.Join(' ', text.Split(' ').Order(StringComparer.Ordinal)) : text;

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, said);
        return output;
    }
}
