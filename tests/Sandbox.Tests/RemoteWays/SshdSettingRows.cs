using Sandbox.Protocol;
using static Sandbox.Protocol.ConfiguredSetting.Types;

namespace Sandbox.Tests.RemoteWays;

public sealed class SshdSettingRows : IDisposable
{
    private readonly RemoteMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task The_first_definition_wins_and_all_of_them_are_told()
    {
        _machine.Sshd("Include /etc/ssh/sshd_config.d/*.conf\n\npermitrootlogin = \"yes\" # why\nMatch User anna\n  PermitRootLogin forced-commands-only\n")
            .With("etc/ssh/sshd_config.d/b.conf", "PermitRootLogin prohibit-password\n").With("etc/ssh/sshd_config.d/a.conf", "# none\nPERMITROOTLOGIN No\n").With("etc/ssh/sshd_config.d/c", "PermitRootLogin yes\n");

        Assert.Equal(
            new ConfiguredSetting
            {
                Name = "PermitRootLogin", Effective = "no", Origin = Origin.File,
                Definitions =
                {
                    new SettingDefinition { Path = "/etc/ssh/sshd_config.d/a.conf", Line = 2, Value = "No" },
                    new SettingDefinition { Path = "/etc/ssh/sshd_config.d/b.conf", Line = 1, Value = "prohibit-password" },
                    new SettingDefinition { Path = "/etc/ssh/sshd_config", Line = 3, Value = "yes" },
                    new SettingDefinition { Path = "/etc/ssh/sshd_config", Line = 5, Value = "forced-commands-only", Condition = "User anna" },
                },
            },
            await _machine.SettingAsync("PermitRootLogin"));
    }

    [Theory]
    [InlineData("PermitRootLogin", "without-password"), InlineData("PasswordAuthentication", "yes"), InlineData("MaxAuthTries", "6"), InlineData("UsePAM", "no"), InlineData("LoginGraceTime", "120"), InlineData("ListenAddress", "0.0.0.0:22 [::]:22")]
    public async Task What_nobody_sets_has_the_compiled_default(string name, string expected)
    {
        _machine.Sshd("# nothing\n");

        Assert.Equal(new ConfiguredSetting { Name = name, Effective = expected, Origin = Origin.Default }, await _machine.SettingAsync(name));
    }

    [Theory]
    [InlineData("ChallengeResponseAuthentication no", "KbdInteractiveAuthentication", "no"), InlineData("LoginGraceTime 1h2m3", "LoginGraceTime", "3723"), InlineData("ClientAliveInterval 5m", "ClientAliveInterval", "300")]
    [InlineData("MaxStartups 7", "MaxStartups", "7:30:7"), InlineData("PermitRootLogin prohibit-password", "PermitRootLogin", "without-password"), InlineData("AllowTcpForwarding ALL", "AllowTcpForwarding", "yes")]
    [InlineData("Port 22\nPort 2222", "Port", "22 2222"), InlineData("AllowUsers anna bob\nAllowUsers cleo", "AllowUsers", "anna bob cleo"), InlineData("AuthorizedKeysFile none\nAuthorizedKeysFile x", "AuthorizedKeysFile", "none")]
    [InlineData("Ciphers aes256-ctr,aes128-ctr", "Ciphers", "aes256-ctr,aes128-ctr"), InlineData("MACs -umac-*,*sha1*", "MACs", "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512")]
    [InlineData("Port 2222\nListenAddress 192.0.2.1\nListenAddress [2001:db8::1]:22", "ListenAddress", "192.0.2.1:2222 [2001:db8::1]:22"), InlineData("AddressFamily inet\nPort 23", "ListenAddress", "0.0.0.0:23")]
    [InlineData("Banner=/etc/issue.net", "Banner", "/etc/issue.net"), InlineData("Banner '/etc/my banner'", "Banner", "/etc/my banner"), InlineData("LogLevel verbose", "LogLevel", "VERBOSE"), InlineData("Protocol 1", "Protocol", "2")]
    public async Task Values_are_told_in_the_words_of_sshd(string text, string name, string expected)
    {
        _machine.Sshd(text + "\n");

        var setting = await _machine.SettingAsync(name);

        Assert.Equal(expected, setting.Effective);
    }

    [Theory]
    [InlineData("PermitRootLogin wrong_value", "PermitRootLogin"), InlineData("MaxAuthTries many", "MaxAuthTries"), InlineData("LoginGraceTime 5x", "LoginGraceTime"), InlineData("Port 0", "Port"), InlineData("UsePAM yes no", "UsePAM"), InlineData("LogLevel loud", "LogLevel")]
    public async Task A_value_that_sshd_does_not_take_is_no_value_and_named(string text, string name)
    {
        _machine.Sshd(text + "\n");

        var fact = await _machine.ReadAsync();

        var setting = fact.SshdSettings.Single(setting => setting.Name == name);
        Assert.Equal((false, 1), (setting.HasEffective, setting.Definitions.Count));
        Assert.Contains(fact.Unseen, unseen => unseen is { What: "/etc/ssh/sshd_config", Remedy: "Find the fault: sudo sshd -t" } && unseen.Why.StartsWith($"line 1: {name} cannot be", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Match User anna\nX11Forwarding yes", false, "no"), InlineData("Match all\nX11Forwarding yes", false, "yes"), InlineData("Match User anna\nMatch all\nX11Forwarding yes", false, "yes")]
    [InlineData("Match User anna\nInclude inc\nX11Forwarding yes", true, "no"), InlineData("Include inc\nX11Forwarding yes", true, "yes"), InlineData("Match Address 192.0.2.0/24\nInclude inc", true, "no")]
    public async Task A_match_block_ends_with_its_file_or_with_all(string text, bool include, string expected)
    {
        _machine.Sshd(text + "\n");
        if (include) _machine.With("etc/ssh/inc", "Match Group ops\n  X11Forwarding no\n");

        Assert.Equal(expected, (await _machine.SettingAsync("X11Forwarding")).Effective);
    }

    [Fact]
    public async Task Conditions_of_files_within_blocks_add_up()
    {
        _machine.Sshd("Match User anna\nInclude inc\n").With("etc/ssh/inc", "X11Forwarding yes\nMatch Address 192.0.2.0/24\nX11Forwarding no\n");

        Assert.Equal(["User anna", "User anna and Address 192.0.2.0/24"], (await _machine.SettingAsync("X11Forwarding")).Definitions.Select(one => one.Condition));
    }

    [Theory]
    [InlineData("Include sshd_config.d/*.conf"), InlineData("Include /etc/ssh/sshd_config.d/[a-l]*.c?nf"), InlineData("include = \"/etc/ssh/*.d/lab.conf\""), InlineData("Include nowhere sshd_config.d/lab.conf")]
    public async Task Included_files_are_found_by_pattern(string include)
    {
        _machine.Sshd($"{include}\nMaxAuthTries 5\n").With("etc/ssh/sshd_config.d/lab.conf", "MaxAuthTries 2\n").With("etc/ssh/sshd_config.d/.hidden.conf", "MaxAuthTries 1\n");

        Assert.Equal("2", (await _machine.SettingAsync("MaxAuthTries")).Effective);
    }

    [Theory]
    [InlineData("MaxAuthTries"), InlineData("Banner \"x")]
    public async Task A_line_that_keeps_sshd_from_starting_is_named(string line)
    {
        _machine.Sshd($"{line}\nUsePAM yes\n");

        var fact = await _machine.ReadAsync();

        Assert.Equal("yes", fact.SshdSettings.Single(setting => setting.Name == "UsePAM").Effective);
        Assert.Contains(fact.Unseen, unseen => unseen.Why.StartsWith("line 1: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_that_include_each_other_end()
    {
        _machine.Sshd("Include sshd_config\nInclude sshd_config\nUsePAM yes\n");

        var fact = await _machine.ReadAsync();

        Assert.Equal(50, fact.SshdSettings.Single(setting => setting.Name == "UsePAM").Definitions.Count);
    }

    [Fact]
    public async Task A_program_that_hands_out_keys_is_named_without_its_arguments()
    {
        _machine.Sshd("AuthorizedKeysCommand /usr/bin/sss_ssh_authorizedkeys --token=S3CRET %u\n");

        Assert.Contains((await _machine.ReadAsync()).Unseen, unseen => unseen.What == "/usr/bin/sss_ssh_authorizedkeys");
    }

    [Theory]
    [InlineData("etc/systemd/system/multi-user.target.wants/ssh.service", true), InlineData("etc/systemd/system/sockets.target.wants/ssh.socket", true), InlineData("etc/rc2.d/S01ssh", true), InlineData("etc/rc2.d/K01ssh", false), InlineData("etc/systemd/system/multi-user.target.wants/cron.service", false)]
    public async Task The_server_starts_with_the_system_when_a_link_says_so(string link, bool expected)
    {
        _machine.Sshd("").Files.WithLink(link, "/lib/systemd/system/ssh.service");

        Assert.Equal(expected, (await _machine.ReadAsync()).SshdEnabled);
    }

    [Fact]
    public async Task A_masked_unit_does_not_start()
    {
        _machine.Sshd("").Files.WithLink("etc/systemd/system/multi-user.target.wants/ssh.service", "/lib/x").WithLink("etc/systemd/system/ssh.service", "/dev/null");

        Assert.False((await _machine.ReadAsync()).SshdEnabled);
    }

    [Fact]
    public async Task Without_links_nobody_can_tell()
    {
        _machine.Sshd("");

        Assert.False((await _machine.ReadAsync()).HasSshdEnabled);
    }

    [Fact]
    public async Task A_machine_without_a_server_has_no_settings_to_tell()
    {
        using var machine = new RemoteMachine();
        File.Delete(machine.Files.At("usr/sbin/sshd"));

        var fact = await machine.ReadAsync();

        Assert.Equal((true, false, 0), (fact.HasSshdInstalled, fact.SshdInstalled, fact.SshdSettings.Count));
        Assert.DoesNotContain(fact.Unseen, unseen => unseen.What.Contains("ssh", StringComparison.Ordinal));
    }
}
