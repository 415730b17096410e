using Sandbox.Protocol;
using static Sandbox.Protocol.ConfiguredSetting.Types;

namespace Sandbox.Tests.PasswordSettings;

public sealed class HistoryHashesAndAges : IDisposable
{
    private readonly PolicyMachine _machine = new();

    [Theory]
    [InlineData("password required pam_pwhistory.so remember=5\n", 5u), InlineData("password required pam_pwhistory.so\n", 10u)]
    [InlineData("password required pam_unix.so remember=4\n", 4u)]
    [InlineData("password required pam_pwhistory.so remember=3\npassword required pam_unix.so remember=7\n", 7u)]
    public async Task Former_passwords_are_remembered_by_either_module(string stack, uint expected)
    {
        _machine.With("etc/pam.d/common-password", stack);

        Assert.Equal(expected, (await _machine.ReadAsync()).History);
    }

    [Fact]
    public async Task Without_them_nothing_is_remembered() => Assert.False((await _machine.ReadAsync()).HasHistory);

    [Theory]
    [InlineData("12.5\n", 10u), InlineData("13.1\n", 24u)]
    public async Task Pwhistory_conf_counts_where_the_module_knows_it(string debian, uint expected)
    {
        _machine.With("etc/pam.d/common-password", "password required pam_pwhistory.so\n").With("etc/debian_version", debian)
            .With("etc/security/pwhistory.conf", "remember = 24\n");

        Assert.Equal(expected, (await _machine.ReadAsync()).History);
    }

    [Fact]
    public async Task A_default_is_marked_as_one()
    {
        _machine.With("etc/pam.d/common-password", "password required pam_pwhistory.so\n");

        Assert.Equal(Origin.Default, (await _machine.SettingAsync("pwhistory.remember")).Origin);
    }

    [Theory]
    [InlineData("yescrypt", "yescrypt"), InlineData("sha512 rounds=100000", "sha512"), InlineData("blowfish", "bcrypt"), InlineData("obscure", "sha256")]
    public async Task The_argument_in_the_stack_wins_over_login_defs(string arguments, string expected)
    {
        _machine.With("etc/pam.d/common-password", $"password required pam_unix.so {arguments}\n").With("etc/login.defs", "ENCRYPT_METHOD SHA256\n");

        Assert.Equal(expected, (await _machine.ReadAsync()).HashScheme);
    }

    [Theory]
    [InlineData("sha512 rounds=100000", 100_000u), InlineData("sha512", 65_536u), InlineData("yescrypt", 7u), InlineData("md5", null)]
    public async Task The_cost_comes_from_the_same_places(string arguments, uint? expected)
    {
        _machine.With("etc/pam.d/common-password", $"password required pam_unix.so {arguments}\n")
            .With("etc/login.defs", "SHA_CRYPT_MAX_ROUNDS 65536\nYESCRYPT_COST_FACTOR 7\n");

        var policy = await _machine.ReadAsync();

        Assert.Equal(expected, policy.HasHashRounds ? policy.HashRounds : null);
    }

    [Theory]
    [InlineData("nullok", true), InlineData("nullok_secure", true), InlineData("# nullok", false)]
    public async Task Nullok_in_the_auth_stack_lets_empty_passwords_in(string arguments, bool expected)
    {
        _machine.With("etc/pam.d/common-auth", $"auth required pam_unix.so {arguments}\n");

        Assert.Equal(expected, (await _machine.ReadAsync()).EmptyPasswordsAccepted);
    }

    [Fact]
    public async Task Of_duplicates_in_login_defs_the_last_wins()
    {
        _machine.With("etc/login.defs", "PASS_MAX_DAYS 99999\nPASS_MAX_DAYS 60\nPASS_MAX_DAYS 30\n");

        Assert.Equal(30, (await _machine.ReadAsync()).DefaultMaxAgeDays);
        Assert.Equal(["99999", "60", "30"], (await _machine.SettingAsync("login.defs.PASS_MAX_DAYS")).Definitions.Select(d => d.Value));
    }

    [Fact]
    public async Task What_login_defs_does_not_say_is_absent_and_not_zero()
    {
        _machine.With("etc/login.defs", "PASS_MIN_DAYS 0\n#PASS_MAX_DAYS 60\n");

        var policy = await _machine.ReadAsync();

        Assert.Equal((false, true, false), (policy.HasDefaultMaxAgeDays, policy.HasDefaultMinAgeDays, policy.HasDefaultWarnDays));
    }

    [Theory]
    [InlineData("INACTIVE=35", 35L), InlineData("INACTIVE=-1", -1L), InlineData("# INACTIVE=35", null), InlineData(" INACTIVE=35", null)]
    public async Task Inactive_comes_from_useradds_own_file(string text, long? expected)
    {
        _machine.With("etc/default/useradd", text + "\n");

        var policy = await _machine.ReadAsync();

        Assert.Equal(expected, policy.HasDefaultInactiveDays ? policy.DefaultInactiveDays : null);
    }

    [Theory, InlineData("", "-1", ConfiguredSetting.Types.Origin.Default), InlineData("INACTIVE=35\n", "35", ConfiguredSetting.Types.Origin.File)]
    public async Task Useradds_own_default_is_never(string text, string expected, ConfiguredSetting.Types.Origin origin)
    {
        _machine.With("etc/default/useradd", text);

        var setting = await _machine.SettingAsync("useradd.INACTIVE");

        Assert.Equal((expected, origin), (setting.Effective, setting.Origin));
    }

    [Theory, InlineData("027", 23u, "027"), InlineData("77", 63u, "077"), InlineData("0077", 63u, "077"), InlineData("177", 127u, "177"), InlineData("rwx", null, null), InlineData("028", null, null)]
    public async Task The_mask_for_new_files_is_octal_whatever_it_begins_with(string text, uint? bits, string? effective)
    {
        _machine.With("etc/login.defs", $"UMASK\t\t{text}\n");

        var policy = await _machine.ReadAsync();

        Assert.Equal(bits, policy.HasDefaultUmask ? policy.DefaultUmask : null);
        Assert.Equal(effective, policy.Settings.Single(setting => setting.Name == "login.defs.UMASK") is { HasEffective: true } setting ? setting.Effective : null);
    }

    [Fact]
    public async Task An_empty_machine_claims_nothing()
    {
        using var nothing = new Collecting.MachineFiles();

        var facts = await new Sandbox.Agent.PasswordPolicy.LinuxPasswordPolicy(nothing.Root).CollectAsync(TestContext.Current.CancellationToken);

        var policy = Assert.Single(facts).PasswordPolicy;
        Assert.Equal(["/etc/login.defs", "/etc/pam.d/login", "/etc/pam.d/passwd"], policy.Unseen.Select(unseen => unseen.What));
        policy.Unseen.Clear();
        Assert.Equal(new Protocol.PasswordPolicy(), policy);
    }

    [Fact]
    public async Task The_stack_is_reported_in_order_so_that_a_reader_can_check() =>
        Assert.Equal(
            [("auth", 1u), ("account", 1u), ("password", 1u)],
            (await _machine.ReadAsync()).PamLines.Select(line => (line.Type, line.Line)));

    public void Dispose() => _machine.Dispose();
}
