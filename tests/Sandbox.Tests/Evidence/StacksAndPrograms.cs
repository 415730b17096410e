using Google.Protobuf.WellKnownTypes;
using Sandbox.Evidence;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Policies;

namespace Sandbox.Tests.Evidence;

/// <summary>Rules on PAM's stacks, on sudo's settings, on what sets the firewall up and on restarts.</summary>
public sealed class StacksAndPrograms
{
    [Fact]
    public void A_check_of_new_passwords_stands_in_the_stack_and_refuses()
    {
        Assert.Equal(Verdict.Pass, Policy("password.quality_enforced", new PasswordPolicy { QualityEnforced = true }));
        Assert.Equal(Verdict.Fail, Policy("password.quality_enforced", new PasswordPolicy { QualityEnforced = false }));
        Assert.Equal(Verdict.Unknown, Policy("password.quality_enforced", new PasswordPolicy()));
        Assert.Equal(Verdict.Fail, OneRule.Of("id: pwquality.minclass, expect: { op: \">=\", value: 3 }", new Fact { PasswordPolicy = new PasswordPolicy { QualityEnforced = false, Settings = { new ConfiguredSetting { Name = "pwquality.minclass", Effective = "4" } } } }).Verdict);
    }

    [Fact]
    public void An_empty_password_lets_nobody_in()
    {
        var line = new PamLine { Path = "/etc/pam.d/common-password", Line = 26, Type = "password", Module = "pam_unix.so", Arguments = { "nullok" } };

        Assert.Equal(Verdict.Pass, Policy("password.empty_refused", new PasswordPolicy { EmptyPasswordsAccepted = false, PamLines = { line } }));
        Assert.Equal(Verdict.Fail, Policy("password.empty_refused", new PasswordPolicy { EmptyPasswordsAccepted = true }));
        Assert.Equal(Verdict.Unknown, Policy("password.empty_refused", new PasswordPolicy()));
        Assert.Equal("/etc/pam.d/common-password line 26: nullok", OneRule.Of("id: password.empty_refused, expect: { op: eq, value: true }, strict_conflicts: true", new Fact { PasswordPolicy = new PasswordPolicy { EmptyPasswordsAccepted = false, PamLines = { line } } }).Reason);
    }

    [Fact]
    public void Modules_stand_in_the_stack_and_carry_arguments()
    {
        const string Modules = "id: pam.password_modules, expect: { op: holds, values: [pam_pwhistory.so, pam_unix.so] }", Arguments = "id: pam.pwhistory_arguments, expect: { op: holds, values: [use_authtok] }";
        var (history, unix) = (new PamLine { Path = "/p", Line = 1, Type = "password", Module = "pam_pwhistory.so", Arguments = { "remember=5" } }, new PamLine { Type = "password", Module = "pam_unix.so" });

        Assert.Equal(Verdict.Pass, OneRule.Of(Modules, new Fact { PasswordPolicy = new PasswordPolicy { PamLines = { history, unix } } }).Verdict);
        Assert.Equal("it does not hold pam_unix.so", OneRule.Of(Modules, new Fact { PasswordPolicy = new PasswordPolicy { QualityEnforced = false, PamLines = { history } } }).Observed);
        Assert.Equal(Verdict.Unknown, OneRule.Of(Modules, new Fact { PasswordPolicy = new PasswordPolicy { PamLines = { history } } }).Verdict);
        Assert.Equal("/p line 1", OneRule.Of(Arguments, new Fact { PasswordPolicy = new PasswordPolicy { PamLines = { history } } }).Reason);
        history.Arguments.Add("use_authtok");
        Assert.Equal(Verdict.Pass, OneRule.Of(Arguments, new Fact { PasswordPolicy = new PasswordPolicy { PamLines = { history } } }).Verdict);
        Assert.Equal(Verdict.Fail, OneRule.Of(Arguments, new Fact { PasswordPolicy = new PasswordPolicy { QualityEnforced = true } }).Verdict);
    }

    [Fact]
    public void Wrong_tries_are_counted_long_enough_and_lock_root_as_well()
    {
        Assert.Equal(Verdict.Pass, OneRule.Of("id: lockout.window_seconds, expect: { op: \">=\", value: 900 }", new Fact { PasswordPolicy = new PasswordPolicy { LockoutWindowSeconds = 900 } }).Verdict);
        Assert.Equal(Verdict.Fail, OneRule.Of("id: lockout.window_seconds, expect: { op: \">=\", value: 900 }", new Fact { PasswordPolicy = new PasswordPolicy { LockoutWindowSeconds = 60 } }).Verdict);
        Assert.Equal(Verdict.Unknown, Policy("lockout.binds_root", new PasswordPolicy()));
        Assert.Equal((Verdict.Pass, Verdict.Fail), (Policy("lockout.binds_root", new PasswordPolicy { LockoutBindsRoot = true }), Policy("lockout.binds_root", new PasswordPolicy { LockoutBindsRoot = false })));
    }

    [Theory]
    [InlineData("use_pty", "\"on\"", "on", Verdict.Pass), InlineData("use_pty", "\"on\"", "off", Verdict.Fail), InlineData("use_pty", "\"on\"", null, Verdict.Unknown), InlineData("logfile", "/var/log/sudo.log", "/var/log/sudo.log", Verdict.Pass), InlineData("logfile", "/var/log/sudo.log", "off", Verdict.Fail)]
    [InlineData("logfile", "/var/log/sudo.log", null, Verdict.Fail)]
    public void A_setting_of_sudo_is_what_holds_for_everybody(string name, string allowed, string? value, Verdict expected)
    {
        var rights = new AdminRights { Files = { "/etc/sudoers" } };
        if (value is not null) rights.Settings.Add(new ConfiguredSetting { Name = name, Effective = value });

        Assert.Equal(expected, OneRule.Of($"id: sudo.{name}, expect: {{ op: in, values: [{allowed}] }}", new Fact { AdminRights = rights }).Verdict);
    }

    [Fact]
    public void Sudo_is_silent_where_it_is_not_installed_could_not_be_read_or_must_be_told()
    {
        const string Rule = "id: sudo.use_pty, expect: { op: in, values: [\"on\"] }";
        var other = new ConfiguredSetting { Name = "lecture", Effective = "always" };

        Assert.Equal(Verdict.NotApplicable, OneRule.Of(Rule, new Fact { AdminRights = new AdminRights { SudoInstalled = false } }).Verdict);
        Assert.Equal(Verdict.Unknown, OneRule.Of(Rule, new Fact { AdminRights = new AdminRights { Unseen = { new Unseen { What = "/etc/sudoers", Why = "permission denied" } } } }).Verdict);
        Assert.Equal(Verdict.Fail, OneRule.Of($"{Rule}, require_explicit: true", new Fact { AdminRights = new AdminRights { Files = { "/etc/sudoers" }, Settings = { other } } }).Verdict);
        Assert.Equal(Verdict.Pass, OneRule.Of("id: sudo.nopasswd_entries, expect: { op: count, value: 0 }", new Fact { AdminRights = new AdminRights { Files = { "/etc/sudoers" }, Unseen = { new Unseen { What = "/etc/group", Why = "not present" } } } }).Verdict);
    }

    [Fact]
    public void A_front_end_of_the_firewall_is_on_by_its_own_switch_or_else_by_its_unit()
    {
        Assert.Equal(Verdict.Pass, FrontEnd(new FirewallFrontEnd { Name = "ufw", Enabled = true }));
        Assert.Equal(Verdict.Fail, FrontEnd(new FirewallFrontEnd { Name = "ufw", Enabled = false, StartsAtBoot = true }));
        Assert.Equal(Verdict.Fail, FrontEnd(new FirewallFrontEnd { Name = "nftables", StartsAtBoot = true }));
        Assert.Equal(Verdict.Fail, FrontEnd());
    }

    [Theory, InlineData(true, Verdict.Fail), InlineData(false, Verdict.Pass), InlineData(null, Verdict.Unknown)]
    public void An_update_that_waits_for_a_restart_is_not_in_force(bool? required, Verdict expected)
    {
        var system = new Protocol.OperatingSystem();
        if (required is { } known) system.RestartRequired = known;

        Assert.Equal(expected, OneRule.Of("id: updates.in_force, expect: { op: eq, value: true }", new Fact { OperatingSystem = system }).Verdict);
    }

    [Theory, InlineData(-29, Verdict.Pass), InlineData(-30, Verdict.Pass), InlineData(-31, Verdict.Fail), InlineData(2, Verdict.Error), InlineData(null, Verdict.Unknown)]
    public void Packages_are_renewed_now_and_then(int? days, Verdict expected)
    {
        var software = new Software { Packages = { new Package { Name = "old", InstalledAt = Reported.Now.AddDays(-400).ToTimestamp() }, new Package { Name = "silent" } } };
        if (days is { } known) software.Packages.Add(new Package { Name = "libc6", InstalledAt = Reported.Now.AddDays(known).ToTimestamp() });
        else software.Packages.RemoveAt(0);

        Assert.Equal(expected, OneRule.Of("id: updates.last_days, expect: { op: \"<=\", value: 30 }", new Fact { Software = software }).Verdict);
    }

    [Theory, InlineData(Package.Types.Manager.Snap), InlineData(Package.Types.Manager.Flatpak)]
    public void What_renews_itself_is_no_sign_of_updates(Package.Types.Manager manager)
    {
        var software = new Software { Packages = { new Package { Name = "libc6", InstalledAt = Reported.Now.AddDays(-40).ToTimestamp() }, new Package { Name = "firefox", Manager = manager, InstalledAt = Reported.Now.ToTimestamp() } } };

        Assert.Equal(Verdict.Fail, OneRule.Of("id: updates.last_days, expect: { op: \"<=\", value: 30 }", new Fact { Software = software }).Verdict);
    }

    private static Verdict Policy(string rule, PasswordPolicy policy) => OneRule.Of($"id: {rule}, expect: {{ op: eq, value: true }}", new Fact { PasswordPolicy = policy }).Verdict;

    private static Verdict FrontEnd(params FirewallFrontEnd[] all) => OneRule.Of("id: firewall.front_end, expect: { op: in, values: [ufw] }", new Fact { Firewall = new Firewall { FrontEnds = { all } } }).Verdict;
}
