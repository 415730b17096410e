using Google.Protobuf.WellKnownTypes;
using Sandbox.Evidence;
using Sandbox.Evidence.Machines;
using Sandbox.Evidence.Settings;
using Sandbox.Protocol;
using static Sandbox.Protocol.SudoGrant.Types;
using State = Sandbox.Protocol.DataPlace.Types.State;

namespace Sandbox.Tests.Evidence.Machines;

/// <summary>What is judged of a machine besides its passwords: each rule with what passes, what fails, and what nobody knows.</summary>
public sealed class MachineRules
{
    private static readonly DateTimeOffset Now = Reported.Now;

    public static TheoryData<string, string> Silent => new()
    {
        { "av.running", "no malware scanner has been reported" }, { "av.realtime", "no malware scanner has been reported" }, { "av.signature_age_hours", "no malware scanner has been reported" },
        { "firewall.active", "no firewall has been reported" }, { "ssh.permit_root_login", "no remote access has been reported" }, { "sudo.nopasswd_entries", "no rights of administrators have been reported" },
        { "backup.last_success_hours", "no backup has been reported" }, { "disk.os_volume_encrypted", "no encryption has been reported" }, { "time.synchronised", "no time synchronisation has been reported" },
    };

    [Theory, MemberData(nameof(Silent))]
    public void What_was_never_reported_is_unknown(string rule, string reason) => Is(Verdict.Unknown, reason, Of(rule), new Fact());

    [Fact]
    public void A_scanner_that_runs_is_enough_and_one_that_says_nothing_leaves_it_open()
    {
        Is(Verdict.Pass, null, new ScannerRuns(), Av(new AntivirusProduct { Name = "a", Running = false }, new AntivirusProduct { Name = "b", Running = true }));
        Is(Verdict.Unknown, "a does not say whether it runs", new ScannerRuns(), Av(new AntivirusProduct { Name = "a" }, new AntivirusProduct { Name = "b", Running = false }));
        Is(Verdict.Fail, "no database", new ScannerRuns(), Av(new AntivirusProduct { Name = "a", Running = false, Problems = { "no database", "and more" } }));
        Is(Verdict.Fail, null, new RealTimeScanning(), Av(new AntivirusProduct { Name = "a", Running = true, RealTime = false }));
        Is(Verdict.Pass, null, new RealTimeScanning(), Av(new AntivirusProduct { Name = "a", RealTime = true }));
    }

    [Fact]
    public void No_scanner_at_all_fails_where_it_was_looked_for()
    {
        foreach (var rule in (IRule[])[new ScannerRuns(), new RealTimeScanning(), new SignatureAge(72)])
        {
            Is(Verdict.Fail, null, rule, Av());
            Is(Verdict.Unknown, "the agent cannot read /etc/clamav: denied", rule, new Fact { Antivirus = new Antivirus { Unseen = { new Unseen { What = "/etc/clamav", Why = "denied" } } } });
        }
    }

    [Fact]
    public void Definitions_are_as_old_as_their_header_says()
    {
        Is(Verdict.Pass, null, new SignatureAge(72), Av(Built(TimeSpan.FromHours(-72)), Built(TimeSpan.FromHours(-500))));
        Is(Verdict.Fail, "too old since 2026-11-23 11:00 UTC", new SignatureAge(72), Av(Built(TimeSpan.FromHours(-73))));
        Is(Verdict.Error, "that lies in the future", new SignatureAge(72), Av(Built(TimeSpan.FromDays(2))));
        Is(Verdict.Unknown, "how old the definitions of x are is not known", new SignatureAge(72), Av(new AntivirusProduct { Name = "x", Running = true }));
        Is(Verdict.Fail, null, new SignatureAge(72), Av(new AntivirusProduct { Name = "x", Signatures = 0 }));
        Assert.Equal(Verdict.Unknown, Judge(new SignatureAge(72), Av(Built(TimeSpan.FromDays(-30)), new AntivirusProduct { Name = "Sophos" })).Verdict);
        Assert.Equal(Verdict.Unknown, Judge(new SignatureAge(72), Av(new AntivirusProduct { Name = "ClamAV", Signatures = 0 }, new AntivirusProduct { Name = "Sophos" })).Verdict);
        Is(Verdict.Unknown, "how old the definitions of x are is not known", new SignatureAge(72), Av(new AntivirusProduct { Name = "x", DefinitionsBuiltAt = new Timestamp { Seconds = long.MaxValue } }));
    }

    [Fact]
    public void Time_alone_turns_definitions_and_backups_old_at_an_instant_that_is_told()
    {
        var (av, backup) = (Facts(Av(Built(TimeSpan.FromHours(-70)))), Facts(Saved(TimeSpan.FromHours(-20), elsewhere: true)));

        foreach (var (rule, facts) in ((IRule, DeviceFacts)[])[(new SignatureAge(72), av), (new BackupAge(26), backup)])
        {
            var next = rule.Judge(facts, Now).NextInstant!.Value;
            Assert.Equal((Verdict.Pass, Verdict.Fail), (rule.Judge(facts, next.AddTicks(-1)).Findings[0].Verdict, rule.Judge(facts, next).Findings[0].Verdict));
        }
    }

    [Theory]
    [InlineData(FirewallDefault.Deny, FirewallDefault.Deny, Verdict.Pass), InlineData(FirewallDefault.Deny, FirewallDefault.Allow, Verdict.Fail), InlineData(FirewallDefault.Allow, null, Verdict.Fail), InlineData(FirewallDefault.Deny, null, Verdict.Unknown), InlineData(null, null, Verdict.Unknown)]
    public void A_firewall_refuses_over_both_families(FirewallDefault? four, FirewallDefault? six, Verdict expected)
    {
        var firewall = new Firewall();
        if (four is { } input) firewall.Ipv4Input = input;
        if (six is { } other) firewall.Ipv6Input = other;

        Assert.Equal(expected, Judge(new FirewallActive(), new Fact { Firewall = firewall }).Verdict);
    }

    [Fact]
    public void A_firewall_that_is_set_up_and_not_in_force_says_so_and_an_open_interface_is_an_open_door()
    {
        Is(Verdict.Fail, "ufw is set up, and what it is to do is not in force", new FirewallActive(), new Fact { Firewall = new Firewall { Ipv4Input = FirewallDefault.Allow, FrontEnds = { new FirewallFrontEnd { Name = "ufw", InForce = false } } } });
        Is(Verdict.Fail, "nothing filters", new FirewallActive(), new Fact { Firewall = new Firewall { Ipv4Input = FirewallDefault.Allow, Ipv6Input = FirewallDefault.Allow } });
        Is(Verdict.Unknown, "the agent cannot read netfilter: too many", new FirewallActive(), new Fact { Firewall = new Firewall { Ipv4Input = FirewallDefault.Deny, Ipv6Input = FirewallDefault.Deny, Unseen = { new Unseen { What = "netfilter", Why = "too many" } } } });
        Is(Verdict.Fail, null, new FirewallActive(), new Fact { Firewall = new Firewall { Ipv4Input = FirewallDefault.Deny, Ipv6Input = FirewallDefault.Deny, OpenInterfaces = { "eth1" } } });
    }

    [Fact]
    public void The_SSH_server_is_judged_by_what_holds_for_anybody()
    {
        var rule = RootLogin();
        var drop = new SettingDefinition { Path = "/etc/ssh/sshd_config.d/a.conf", Line = 3, Value = "no" };
        var match = new SettingDefinition { Path = "/etc/ssh/sshd_config", Line = 9, Value = "yes", Condition = "Address 10.0.0.0/8" };

        Is(Verdict.Pass, "/etc/ssh/sshd_config.d/a.conf line 3", rule, Ssh("no", drop));
        Is(Verdict.Fail, "/etc/ssh/sshd_config line 9", rule, Ssh("no", drop, match));
        Is(Verdict.Fail, "the program's own default", rule, Ssh("without-password"));
        Is(Verdict.Error, "it is no value that sshd takes, so it does not start", rule, Ssh(null, drop));
        var hidden = Ssh("no", drop);
        hidden.RemoteAccess.Unseen.Add(new Unseen { What = "/etc/ssh/sshd_config.d/0.conf", Why = "denied" });
        Is(Verdict.Unknown, "the agent cannot read /etc/ssh/sshd_config.d/0.conf: denied", rule, hidden);
        Is(Verdict.Unknown, "PermitRootLogin is set in more places than are looked at", rule, Ssh("no", [.. Enumerable.Repeat(drop, 50)]));
        Is(Verdict.NotApplicable, "no SSH server is installed", rule, new Fact { RemoteAccess = new RemoteAccess { SshdInstalled = false } });
        Is(Verdict.Unknown, "the device does not say", rule, new Fact { RemoteAccess = new RemoteAccess { SshdInstalled = true } });
    }

    [Fact]
    public void Whoever_sudo_does_not_ask_is_named()
    {
        var rule = new SudoWithoutPassword();

        Is(Verdict.Pass, null, rule, Sudo(new SudoGrant { Who = "sudo", WhoKind = Who.Group, AllCommands = true }));
        Assert.Equal("not %ops, anna", Judge(rule, Sudo(Open(Who.Group, "ops"), Open(Who.User, "anna"), Open(Who.User, "anna"))).Observed);
        Is(Verdict.Pass, null, rule, Sudo(new SudoGrant { Who = "LATER", WhoKind = Who.Undefined, NoPassword = true }));
        Is(Verdict.Unknown, "the device does not say", rule, new Fact { AdminRights = new AdminRights() });
        Is(Verdict.Pass, null, rule, Sudo(Open(Who.User, "root"), Open(Who.Uid, "0")));
        Assert.Equal("not user anna", Judge(rule, Setting("authenticate", "on", new SettingDefinition { Value = "off", Condition = "user anna" })).Observed);
        Assert.Equal("not anybody", Judge(rule, Setting("authenticate", "off", new SettingDefinition { Value = "off" })).Observed);
        Assert.Equal("not %ops", Judge(rule, Setting("exempt_group", "ops", new SettingDefinition { Value = "ops" })).Observed);
        Assert.Equal("not anna", Judge(rule, new Fact { AdminRights = new AdminRights { SudoInstalled = true, FullAdministrators = { new FullAdministrator { Name = "anna", NoPassword = true } } } }).Observed);
        Is(Verdict.NotApplicable, "sudo is not installed", rule, new Fact { AdminRights = new AdminRights { SudoInstalled = false } });
        Is(Verdict.Unknown, "rules also come from sss, which are not read", rule, new Fact { AdminRights = new AdminRights { SudoInstalled = true, Directories = { "sss" } } });
        Is(Verdict.Unknown, "the agent cannot read /etc/sudoers: denied", rule, new Fact { AdminRights = new AdminRights { Unseen = { new Unseen { What = "/etc/sudoers", Why = "denied" } } } });
    }

    [Fact]
    public void A_backup_counts_on_other_disks_and_when_it_ended_well()
    {
        var rule = new BackupAge(26);

        Is(Verdict.Pass, null, rule, Saved(TimeSpan.FromHours(-26), elsewhere: true));
        Is(Verdict.Fail, "too long ago since 2026-11-23 11:00 UTC", rule, Saved(TimeSpan.FromHours(-27), elsewhere: true));
        Is(Verdict.Fail, null, rule, Saved(TimeSpan.FromHours(-1), elsewhere: false));
        Is(Verdict.Unknown, "of no backup on other disks is known when one ended well", rule, Saved(TimeSpan.FromHours(-1), elsewhere: null));
        Is(Verdict.Error, "that lies in the future", rule, Saved(TimeSpan.FromDays(2), elsewhere: true));
        var here = new BackupStore { Program = "rsync", OtherDevice = false };
        var remote = new BackupStore { Program = "borg", OtherDevice = true };
        Is(Verdict.Fail, null, rule, new Fact { Backup = new Backup { Stores = { here } } });
        Is(Verdict.Unknown, "there are backups, and no record of one that ended well", rule, new Fact { Backup = new Backup { Stores = { here, remote } } });
        Is(Verdict.Unknown, "there are backups, and no record of one that ended well", rule, new Fact { Backup = new Backup { Jobs = { new BackupJob { Program = "restic" } } } });
        Is(Verdict.Fail, null, rule, new Fact { Backup = new Backup() });
    }

    [Theory, InlineData(State.Encrypted, Verdict.Pass), InlineData(State.Clear, Verdict.Fail), InlineData(State.Partly, Verdict.Fail), InlineData(State.Memory, Verdict.NotApplicable), InlineData(State.Elsewhere, Verdict.Unknown), InlineData(State.Unspecified, Verdict.Unknown)]
    public void The_root_volume_is_encrypted_when_all_of_it_is(State state, Verdict expected) =>
        Assert.Equal(expected, Judge(new RootVolumeEncrypted(), new Fact { Encryption = new Encryption { Places = { new DataPlace { Path = "/home", State = State.Encrypted }, new DataPlace { Path = "/", State = state } } } }).Verdict);

    [Theory, InlineData(true, Verdict.Pass), InlineData(false, Verdict.Fail), InlineData(null, Verdict.Unknown)]
    public void The_clock_follows_a_server_when_the_kernel_says_so(bool? synchronised, Verdict expected)
    {
        var time = new TimeSync();
        if (synchronised is { } known) time.Synchronised = known;

        Assert.Equal(expected, Judge(new TimeSynchronised(), new Fact { TimeSync = time }).Verdict);
    }

    private static IRule Of(string id) => id switch
    {
        "av.running" => new ScannerRuns(), "av.realtime" => new RealTimeScanning(), "av.signature_age_hours" => new SignatureAge(72), "firewall.active" => new FirewallActive(),
        "ssh.permit_root_login" => RootLogin(), "sudo.nopasswd_entries" => new SudoWithoutPassword(), "backup.last_success_hours" => new BackupAge(26),
        "disk.os_volume_encrypted" => new RootVolumeEncrypted(), _ => new TimeSynchronised(),
    };

    private static SettingRule RootLogin() => new("ssh.permit_root_login", new SshSettings(), "PermitRootLogin", "PermitRootLogin", new WordDemand(["no"]), Strictness.None);

    private static Fact Av(params AntivirusProduct[] products) => new() { Antivirus = new Antivirus { Products = { products } } };

    private static AntivirusProduct Built(TimeSpan ago) => new() { Name = "ClamAV", DefinitionsBuiltAt = (Now + ago).ToTimestamp() };

    private static Fact Ssh(string? effective, params SettingDefinition[] definitions)
    {
        var setting = new ConfiguredSetting { Name = "PermitRootLogin", Definitions = { definitions } };
        if (effective is not null) setting.Effective = effective;
        return new Fact { RemoteAccess = new RemoteAccess { SshdInstalled = true, SshdSettings = { setting } } };
    }

    private static Fact Sudo(params SudoGrant[] grants) => new() { AdminRights = new AdminRights { SudoInstalled = true, Grants = { grants } } };

    private static Fact Setting(string name, string effective, SettingDefinition definition) => new()
    {
        AdminRights = new AdminRights { SudoInstalled = true, Settings = { new ConfiguredSetting { Name = name, Effective = effective, Definitions = { definition } } } },
    };

    private static SudoGrant Open(Who kind, string who) => new() { WhoKind = kind, Who = who, NoPassword = true };

    private static Fact Saved(TimeSpan ago, bool? elsewhere)
    {
        var store = new BackupStore { Program = "restic", LastSucceeded = (Now + ago).ToTimestamp() };
        if (elsewhere is { } known) store.OtherDevice = known;
        return new Fact { Backup = new Backup { Stores = { store } } };
    }

    private static DeviceFacts Facts(Fact fact)
    {
        var facts = new DeviceFacts();
        if (fact.KindCase != Fact.KindOneofCase.None) facts.Put(new ReportedFact(fact, 7, Now, Now));
        return facts;
    }

    private static Finding Judge(IRule rule, Fact fact) => Assert.Single(rule.Judge(Facts(fact), Now).Findings);

    private static void Is(Verdict verdict, string? reason, IRule rule, Fact fact)
    {
        var finding = Judge(rule, fact);
        Assert.Equal((verdict, reason), (finding.Verdict, finding.Reason));
    }
}
