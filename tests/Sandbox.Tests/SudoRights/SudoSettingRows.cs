using Sandbox.Protocol;
using static Sandbox.Protocol.ConfiguredSetting.Types;

namespace Sandbox.Tests.SudoRights;

public sealed class SudoSettingRows : IDisposable
{
    private readonly SudoMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_setting_comes_with_all_its_definitions_and_the_last_one_wins()
    {
        _machine.Sudoers("Defaults logfile=/var/log/a\nDefaults:anna,!bob logfile=/var/log/b\nDefaults!/usr/bin/passwd !logfile\n@include /etc/more\n").With("etc/more", "Defaults logfile = \"/var/log/c d\", use_pty\n");

        Assert.Equal(
            new ConfiguredSetting
            {
                Name = "logfile", Effective = "/var/log/c d", Origin = Origin.File,
                Definitions =
                {
                    new SettingDefinition { Path = "/etc/sudoers", Line = 1, Value = "/var/log/a" },
                    new SettingDefinition { Path = "/etc/sudoers", Line = 2, Value = "/var/log/b", Condition = "user anna, !bob" },
                    new SettingDefinition { Path = "/etc/sudoers", Line = 3, Value = "off", Condition = "command /usr/bin/passwd" },
                    new SettingDefinition { Path = "/etc/more", Line = 1, Value = "/var/log/c d" },
                },
            },
            await SettingAsync("logfile"));
    }

    [Theory]
    [InlineData("Defaults use_pty", "use_pty", "on"), InlineData("Defaults !use_pty", "use_pty", "off"), InlineData("Defaults use_pty, !use_pty", "use_pty", "off"), InlineData("Defaults\tlog_format=json", "log_format", "json")]
    [InlineData("Defaults timestamp_timeout=-1,passwd_tries=\\\n 4", "timestamp_timeout", "-1"), InlineData("Defaults timestamp_timeout=-1,passwd_tries=\\\n 4", "passwd_tries", "4")]
    [InlineData("Defaults secure_path=\"/usr/sbin:/usr/bin\"", "secure_path", "/usr/sbin:/usr/bin"), InlineData("Defaults !authenticate", "authenticate", "off"), InlineData("Defaults requiretty # why", "requiretty", "on")]
    [InlineData("Defaults logfile=/var/log/sudo.log,noexec", "noexec", "on"), InlineData("Defaults secure_path += /opt", "secure_path", "/opt"), InlineData("Defaults logfile=\"/a#b\"", "logfile", "/a#b")]
    public async Task Settings_are_read_as_sudo_reads_them(string line, string name, string expected)
    {
        _machine.Sudoers(line + "\n");

        Assert.Equal(expected, (await SettingAsync(name))?.Effective);
    }

    [Theory]
    [InlineData("authenticate", "on"), InlineData("passwd_tries", "3"), InlineData("log_format", "sudo"), InlineData("requiretty", "off")]
    public async Task A_default_that_every_version_shares_is_told_as_such(string name, string expected)
    {
        _machine.Sudoers("");

        Assert.Equal(new ConfiguredSetting { Name = name, Effective = expected, Origin = Origin.Default }, await SettingAsync(name));
    }

    [Theory]
    [InlineData("use_pty", ""), InlineData("logfile", ""), InlineData("use_pty", "Defaultsabc use_pty"), InlineData("timestamp_timeout", "#Defaults timestamp_timeout=5")]
    public async Task A_default_that_differs_between_versions_is_not_guessed(string name, string line)
    {
        _machine.Sudoers(line + "\n");

        Assert.Null(await SettingAsync(name));
    }

    [Fact]
    public async Task A_setting_for_some_alone_is_in_force_for_nobody_else()
    {
        _machine.Sudoers("Defaults@lab1 use_pty\n");

        var setting = (await SettingAsync("use_pty"))!;

        Assert.False(setting.HasEffective);
        Assert.Equal("host lab1", Assert.Single(setting.Definitions).Condition);
    }

    [Fact]
    public async Task A_setting_that_is_repeated_without_end_is_cut()
    {
        _machine.Sudoers(string.Concat(Enumerable.Range(0, 80).Select(i => $"Defaults logfile=/{i}\n")));

        var setting = (await SettingAsync("logfile"))!;

        Assert.Equal((50, "/79"), (setting.Definitions.Count, setting.Effective));
    }

    private async Task<ConfiguredSetting?> SettingAsync(string name) => (await _machine.ReadAsync()).Settings.SingleOrDefault(setting => setting.Name == name);
}
