using static Sandbox.Protocol.ConfiguredSetting.Types;

namespace Sandbox.Tests.PasswordSettings;

public sealed class Quality : IDisposable
{
    private readonly PolicyMachine _machine = new();

    // Each pair was tried with pwscore and passwd of libpwquality 1.4.5.
    [Theory]
    [InlineData(8, 20, 8u), InlineData(20, 8, 20u)]
    public async Task The_main_file_beats_its_drop_ins(int main, int dropIn, uint expected)
    {
        _machine.Quality($"minlen = {main}\n").With("etc/security/pwquality.conf.d/50-lab.conf", $"minlen = {dropIn}\n");

        Assert.Equal(expected, (await _machine.ReadAsync()).EffectiveMinLength);
    }

    [Theory]
    [InlineData(20, 8, 20u), InlineData(8, 20, 8u)]
    public async Task An_argument_in_the_stack_beats_the_files(int argument, int conf, uint expected)
    {
        _machine.Quality($"minlen = {conf}\n", $"retry=3 minlen={argument}");

        var policy = await _machine.ReadAsync();

        Assert.Equal((expected, argument), (policy.EffectiveMinLength, policy.ConfiguredMinLength));
    }

    [Fact]
    public async Task Among_drop_ins_the_last_wins_and_other_endings_are_ignored()
    {
        _machine.Quality("").With("etc/security/pwquality.conf.d/10.conf", "minlen=10\n").With("etc/security/pwquality.conf.d/20.conf", "minlen=20\n")
            .With("etc/security/pwquality.conf.d/30.cfg", "minlen=30\n");

        Assert.Equal(20u, (await _machine.ReadAsync()).EffectiveMinLength);
    }

    [Fact]
    public async Task Every_definition_is_reported_in_the_order_of_reading()
    {
        _machine.Quality("# x\nminlen = 14\nminlen = 15\n", "minlen=16").With("etc/security/pwquality.conf.d/10.conf", "minlen=10\n");

        var setting = await _machine.SettingAsync("pwquality.minlen");

        Assert.Equal(
            [("/etc/security/pwquality.conf.d/10.conf", 1u, "10"), ("/etc/security/pwquality.conf", 2u, "14"),
                ("/etc/security/pwquality.conf", 3u, "15"), ("/etc/pam.d/common-password", 1u, "16")],
            setting.Definitions.Select(d => (d.Path, d.Line, d.Value)));
        Assert.Equal(("16", Origin.PamArgument), (setting.Effective, setting.Origin));
    }

    [Theory]
    [InlineData("minlen = 14", 14u), InlineData("", 8u), InlineData("minlen = 3", 6u), InlineData("minlen = -1", 6u)]
    [InlineData("minlen=14\ndcredit=1\nucredit=1\nlcredit=1\nocredit=1", 10u), InlineData("minlen=14\ndcredit=-1\nucredit=-1", 14u)]
    [InlineData("minlen=14\ndcredit=20", 7u), InlineData("minlen=8\ndcredit=4", 6u)]
    public async Task The_length_in_force_counts_clamps_and_credits(string conf, uint expected)
    {
        _machine.Quality(conf);

        Assert.Equal(expected, (await _machine.ReadAsync()).EffectiveMinLength);
    }

    [Fact]
    public async Task What_is_configured_is_reported_without_clamps()
    {
        _machine.Quality("minlen = -1\n");

        Assert.Equal(-1, (await _machine.ReadAsync()).ConfiguredMinLength);
    }

    [Fact]
    public async Task Without_the_module_in_the_stack_the_file_means_nothing()
    {
        _machine.With("etc/security/pwquality.conf", "minlen = 20\n");

        var policy = await _machine.ReadAsync();

        Assert.Equal((false, 6u, 20), (policy.QualityEnforced, policy.EffectiveMinLength, policy.ConfiguredMinLength));
        Assert.False(policy.Settings.Single(setting => setting.Name == "pwquality.minlen").HasEffective);
    }

    [Theory]
    [InlineData("enforcing = 0", "requisite", false), InlineData("", "optional", false), InlineData("", "[default=ignore]", false)]
    [InlineData("", "required", true), InlineData("enforcing = 1", "requisite", true)]
    public async Task A_check_that_only_warns_is_not_enforced(string conf, string control, bool expected)
    {
        _machine.Quality(conf, control: control);

        Assert.Equal(expected, (await _machine.ReadAsync()).QualityEnforced);
    }

    [Theory]
    [InlineData("", "", false), InlineData("enforce_for_root", "", true), InlineData("", "enforce_for_root", true)]
    public async Task Root_is_bound_only_where_it_is_said(string conf, string arguments, bool expected)
    {
        _machine.Quality(conf, arguments);

        Assert.Equal(expected, (await _machine.ReadAsync()).QualityBindsRoot);
    }

    [Fact]
    public async Task A_value_that_is_no_number_is_unknown_and_named()
    {
        _machine.Quality("\nminlen = abc\n");

        var policy = await _machine.ReadAsync();

        Assert.False(policy.HasEffectiveMinLength || policy.HasConfiguredMinLength);
        Assert.Contains(policy.Unseen, u => u is { What: "/etc/security/pwquality.conf", Why: "line 2: minlen cannot be 'abc'" });
    }

    [Fact]
    public async Task A_setting_that_does_not_exist_is_named()
    {
        _machine.Quality("minlenght = 20\n");

        Assert.Contains((await _machine.ReadAsync()).Unseen, u => u.Why == "line 1: no setting is called minlenght");
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_leaves_the_length_unknown()
    {
        _machine.Quality(new string('#', 2 << 20));

        var policy = await _machine.ReadAsync();

        Assert.False(policy.HasEffectiveMinLength);
        Assert.Contains(policy.Unseen, u => u.What == "/etc/security/pwquality.conf");
    }

    [Theory]
    [InlineData("", true), InlineData("dictcheck = 0", null), InlineData("dictpath = /opt/words", false)]
    public async Task The_dictionary_is_usable_when_it_is_there(string conf, bool? expected)
    {
        _machine.Quality(conf).With("var/cache/cracklib/cracklib_dict.pwd", "");

        var policy = await _machine.ReadAsync();

        Assert.Equal(expected, policy.HasDictionaryUsable ? policy.DictionaryUsable : null);
    }

    [Fact]
    public async Task Another_checker_in_the_stack_leaves_the_length_unknown()
    {
        _machine.With("etc/pam.d/common-password", "password requisite pam_passwdqc.so min=disabled,24,11,8,7\npassword required pam_unix.so\n");

        var policy = await _machine.ReadAsync();

        Assert.False(policy.HasEffectiveMinLength || policy.HasQualityEnforced);
        Assert.Contains(policy.Unseen, u => u.Why == "line 1: what pam_passwdqc.so demands is not understood");
    }

    public void Dispose() => _machine.Dispose();
}
