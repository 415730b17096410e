using Sandbox.Protocol;

namespace Sandbox.Tests.RemoteWays;

public sealed class KeyRows : IDisposable
{
    // Made with ssh-keygen -t ed25519 and thrown away.
    private const string Blob = "AAAAC3NzaC1lZDI1NTE5AAAAIEDqa+9B0oLbM/KKEKAVMKz0l2QRXfpI9fsn1KaYrOzg";
    private const string Key = $"ssh-ed25519 {Blob}";
    private readonly RemoteMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_key_that_opens_an_account_says_everything_but_what_its_options_hold()
    {
        _machine.With("home/anna/.ssh/authorized_keys", $"# mine\n\ncommand=\"/bin/backup --pass \\\"a, b\\\"\",FROM=\"192.0.2.0/24\",x-lab=\"1\",restrict {Key} anna@lab of the second floor\n");

        var keys = Assert.Single((await _machine.ReadAsync()).AuthorizedKeys);

        Assert.Equal(
            new AuthorizedKeys
            {
                Account = "anna", Count = 1,
                Keys =
                {
                    new SshKey
                    {
                        Path = "/home/anna/.ssh/authorized_keys", Line = 3, Type = "ssh-ed25519", Bits = 256, Fingerprint = Fingerprint(),
                        Comment = "anna@lab of the second floor", Options = { "command", "from", "other", "restrict" },
                    },
                },
            },
            keys);
    }

    [Theory]
    [InlineData(".ssh/authorized_keys", "home/anna/.ssh/authorized_keys"), InlineData("/etc/keys/%u", "etc/keys/anna"), InlineData("%h/keys x", "home/anna/keys"), InlineData("/k/%U/100%%", "k/1000/100%")]
    public async Task Keys_are_looked_for_where_sshd_does(string setting, string path)
    {
        _machine.Sshd($"AuthorizedKeysFile {setting}\n").With(path, Key);

        Assert.Equal("anna", Assert.Single((await _machine.ReadAsync()).AuthorizedKeys).Account);
    }

    [Fact]
    public async Task No_file_of_keys_means_no_keys()
    {
        _machine.Sshd("AuthorizedKeysFile none\n").With("home/anna/.ssh/authorized_keys", Key);

        Assert.Empty((await _machine.ReadAsync()).AuthorizedKeys);
    }

    [Theory]
    [InlineData("ssh-ed25519 AAAA"), InlineData("ssh-rsa " + Blob), InlineData("nonsense"), InlineData("ssh-ed25519"), InlineData("command=\"x ssh-ed25519 " + Blob)]
    public async Task A_line_without_a_key_is_named_and_not_repeated(string line)
    {
        _machine.With("home/anna/.ssh/authorized_keys", line + "\n");

        var fact = await _machine.ReadAsync();

        Assert.Empty(fact.AuthorizedKeys);
        Assert.Contains(fact.Unseen, unseen => unseen is { What: "/home/anna/.ssh/authorized_keys", Why: "line 1 is no key" });
    }

    [Fact]
    public async Task Of_many_keys_some_are_listed_and_all_are_counted()
    {
        _machine.With("home/anna/.ssh/authorized_keys", string.Concat(Enumerable.Repeat(Key + "\n", 70)));

        var keys = Assert.Single((await _machine.ReadAsync()).AuthorizedKeys);

        Assert.Equal((70u, 50), (keys.Count, keys.Keys.Count));
    }

    [Fact]
    public async Task A_comment_is_cut_and_cleaned()
    {
        _machine.With("root/.ssh/authorized_keys2", $"{Key} a\u0007b{new string('c', 300)}\n");

        var key = Assert.Single(Assert.Single((await _machine.ReadAsync()).AuthorizedKeys).Keys);

        Assert.Equal("ab" + new string('c', 98), key.Comment);
    }

    [Fact]
    public async Task Host_keys_are_told_by_their_public_halves()
    {
        _machine.Sshd("HostKey /etc/ssh/own\n").With("etc/ssh/own", "-----BEGIN OPENSSH PRIVATE KEY-----").With("etc/ssh/own.pub", $"{Key} root@lab1\n").With("etc/ssh/ssh_host_rsa_key.pub", "x");

        Assert.Equal(
            new SshKey { Path = "/etc/ssh/own.pub", Line = 1, Type = "ssh-ed25519", Bits = 256, Fingerprint = Fingerprint(), Comment = "root@lab1" },
            Assert.Single((await _machine.ReadAsync()).HostKeys));
    }

    [Fact]
    public async Task A_damaged_host_key_is_named()
    {
        _machine.Sshd("").With("etc/ssh/ssh_host_rsa_key.pub", "junk\n");

        var fact = await _machine.ReadAsync();

        Assert.Empty(fact.HostKeys);
        Assert.Contains(fact.Unseen, unseen => unseen is { What: "/etc/ssh/ssh_host_rsa_key.pub", Why: "line 1 is no public key" });
    }

    private static string Fingerprint() => "SHA256:" + Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Convert.FromBase64String(Blob))).TrimEnd('=');
}
