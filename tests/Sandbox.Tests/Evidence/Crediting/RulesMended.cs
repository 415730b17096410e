using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Policies;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Attribution;
using Sandbox.Tests.Evidence.Policies;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Tests.Evidence.Crediting;

/// <summary>Rules beyond passwords that are mended: each for its line, by the acts that mend it, and nothing that a machine does by itself.</summary>
public sealed class RulesMended
{
    private static readonly Policy Whole = PolicyReader.Read("""
        schema: 1
        id: whole
        version: 1
        title: Whole
        rules:
          - { id: firewall.active, expect: { op: eq, value: true } }
          - { id: av.running, expect: { op: eq, value: true } }
          - { id: av.signature_age_hours, expect: { op: "<=", value: 72 } }
          - { id: sudo.nopasswd_entries, expect: { op: count, value: 0 } }
          - { id: ssh.permit_root_login, expect: { op: in, values: ["no"] } }
          - { id: software.licences, expect: { op: registered, products: [ { name: "teamviewer*", seats: 0 } ] } }
        """).Policy!;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Mended => ["firewall", "scanner", "definitions", "rights", "remote", "licences"];

    [Theory, MemberData(nameof(Mended))]
    public void What_failed_at_first_and_was_mended_counts_for_its_line_and_is_whose_act_it_was(string what)
    {
        var one = Case(what);
        var device = Device().Says(one.Wrong).After(Minute);

        device.Tells(one.Act(device.Now)).Says(one.Right);

        Assert.Equal((one.Line, EvidenceState.Watched, Grade.E2, Doing.Anna), (device.Only.Line, device.Only.State, device.Only.Grade, device.Only.Person!.Value));
        Assert.Equal(EvidenceState.Held, device.After(TimeSpan.FromHours(24)).SaysTheSame().Only.State);
    }

    [Theory, MemberData(nameof(Mended))]
    public void What_was_as_it_should_be_at_first_earns_nothing_when_it_was_broken_and_mended(string what)
    {
        var one = Case(what);
        var device = Device().Says(one.Right).After(Minute).Says(one.Wrong).After(Minute);

        device.Tells(one.Act(device.Now)).Says(one.Right);

        Assert.Empty(device.Evidence);
    }

    [Theory, MemberData(nameof(Mended))]
    public void What_is_taken_back_in_time_earns_nothing(string what)
    {
        var one = Case(what);
        var device = Device().Says(one.Wrong).After(Minute);

        device.Tells(one.Act(device.Now)).Says(one.Right).After(Minute).Says(one.Wrong);

        Assert.Equal(EvidenceState.Undone, device.Only.State);
    }

    [Theory, MemberData(nameof(Mended))]
    public void Another_act_of_the_same_time_did_not_do_it(string what)
    {
        var one = Case(what);
        var device = Device().Says(one.Wrong).After(Minute);

        device.Tells(Doing.Act(device.Now, "anna", Action.AddAccount, "ben")).Says(one.Right);

        Assert.Null(device.Only.Person);
    }

    [Fact]
    public void Definitions_that_a_machine_fetched_by_itself_are_nobodys()
    {
        var one = Case("definitions");
        var device = Device().Says(one.Wrong).After(Minute).Says(one.Right);

        Assert.Equal((EvidenceState.Discounted, "machines do it by themselves, and nobody was seen doing it"), (device.Only.State, device.Only.Reason));
    }

    [Theory]
    [InlineData("firewall", "/usr/sbin/ufw", "status")]
    [InlineData("firewall", "/usr/sbin/nft", "list")]
    [InlineData("firewall", "/usr/bin/firewall-cmd", "--permanent")]
    [InlineData("definitions", "/usr/bin/freshclam", "--version")]
    [InlineData("rights", "/usr/sbin/visudo", "-c")]
    [InlineData("rights", "/usr/sbin/visudo", "-c", "-f", "/etc/sudoers.d/lab")]
    [InlineData("rights", "/usr/sbin/visudo", "-cf", "/etc/sudoers.d/lab")]
    [InlineData("remote", "/usr/bin/sed", "-n", "/etc/ssh/sshd_config")]
    [InlineData("remote", "/usr/bin/cat", "/etc/ssh/sshd_config")]
    [InlineData("remote", "/usr/bin/cp", "/etc/ssh/sshd_config")]
    public void A_command_that_only_looks_did_not_do_it(string what, string program, params string[] arguments)
    {
        var one = Case(what);
        var device = Device().Says(one.Wrong).After(Minute);

        device.Tells(Ran(device.Now, program, arguments)).Says(one.Right);

        Assert.Null(device.Only.Person);
    }

    [Fact]
    public void A_forged_line_does_not_make_a_persons_work_of_what_a_machine_does_by_itself()
    {
        var one = Case("definitions");
        var device = Device().Says(one.Wrong).After(Minute);

        device.Tells(Doing.Act(device.Now, null, Action.Run, method: AdminAct.Types.Method.A3).With(act => act.Program = "/usr/bin/freshclam")).Says(one.Right);

        Assert.Equal(EvidenceState.Discounted, device.Only.State);
    }

    [Fact]
    public void What_a_machine_did_by_itself_keeps_nobody_from_doing_it_the_next_time()
    {
        var one = Case("definitions");
        var device = Device().Says(one.Wrong).After(Minute).Says(one.Right).After(Minute).Says(one.Wrong).After(Minute);

        device.Tells(one.Act(device.Now)).Says(one.Right);

        Assert.Single(device.Evidence.Values, item => item is { Grade: Grade.E2, State: EvidenceState.Watched });
    }

    [Fact]
    public void A_service_that_the_first_process_started_for_somebody_is_not_done_by_itself()
    {
        var one = Case("scanner");
        var device = Device().Says(one.Wrong).After(Minute);

        device.Tells(Started(device.Now, "clamav-daemon.service").With(act => (act.Method, act.Automation) = (AdminAct.Types.Method.None, "no login uid")).With(act => act.Actor = new Actor())).Says(one.Right);

        Assert.Equal((EvidenceState.Watched, Grade.E1), (device.Only.State, device.Only.Grade));
    }

    [Fact]
    public void What_passed_just_before_is_not_mended_again()
    {
        var one = Case("remote");
        var device = new Watched { Policy = PasswordsOnly.Policy }.Knows(Doing.Works(Doing.Anna, "anna")).Says(one.Wrong).After(Minute).Says(one.Right).After(Minute);
        device.Policy = Whole;

        device.Tells(one.Act(device.Now)).Says(new RemoteAccess((RemoteAccess)one.Right) { SshdEnabled = true });

        Assert.Empty(device.Evidence);
    }

    [Fact]
    public void Definitions_that_grew_old_since_are_nobodys_work_to_have_renewed()
    {
        var device = Device().Says(Scanner(built: Watched.Enrolled)).After(TimeSpan.FromDays(10)).SaysTheSame();

        device.Tells(Case("definitions").Act(device.Now)).Says(Scanner(built: device.Now));

        Assert.Empty(device.Evidence);
    }

    [Fact]
    public void What_could_not_be_read_wholly_at_first_is_no_beginning()
    {
        var blind = new AdminRights { SudoInstalled = true, Unseen = { new Unseen { What = "/etc/sudoers", Why = "permission denied" } } };
        var one = Case("rights");

        Assert.Empty(Device().Says(blind).After(Minute).Says(one.Right).Evidence);
        Assert.Single(Device().Says(blind).After(Minute).Says(one.Wrong).After(Minute).Says(one.Right).Evidence);
    }

    [Fact]
    public void Who_removed_something_else_did_not_remove_what_had_no_licence()
    {
        var one = Case("licences");
        var device = Device().Says(one.Wrong).After(Minute);

        device.Tells(Removed(device.Now, "nmap")).Says(one.Right);

        Assert.Equal(Grade.E1, device.Only.Grade);
    }

    [Fact]
    public void Lines_are_those_that_the_policy_can_show()
    {
        Assert.Equal(["1.1", "1.2", "1.3", "1.5", "1.6", "1.7", "1.9", "4.1", "4.2", "4.4", "4.5", "4.6", "4.7", "7.1", "7.6", "7.7"], Lines(PasswordsOnly.Policy));
        Assert.Equal(["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8", "1.9", "4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "7.1", "7.2", "7.3", "7.6", "7.7"], Lines(Whole));
    }

    private static IReadOnlyList<string> Lines(Policy policy) => Sandbox.Evidence.Crediting.Crediting.Lines(policy);

    private static Watched Device() => new Watched { Policy = Whole }.Knows(Doing.Works(Doing.Anna, "anna"));

    private static (string Line, IMessage Wrong, IMessage Right, Func<DateTimeOffset, AdminAct> Act) Case(string what) => what switch
    {
        "firewall" => ("4.3", new Firewall { Ipv4Input = FirewallDefault.Allow, Ipv6Input = FirewallDefault.Allow }, new Firewall { Ipv4Input = FirewallDefault.Deny, Ipv6Input = FirewallDefault.Deny }, at => Ran(at, "/usr/sbin/ufw", "enable")),
        "scanner" => ("4.3", Scanner(false, Watched.Enrolled), Scanner(true, Watched.Enrolled), at => Started(at, "clamav-daemon.service")),
        "definitions" => ("7.3", Scanner(true, Watched.Enrolled.AddDays(-9)), Scanner(true, Watched.Enrolled), at => Ran(at, "/usr/bin/freshclam")),
        "rights" => ("7.2", Rights("ALL"), Rights(), at => Ran(at, "/usr/sbin/visudo", "-f", "/etc/sudoers.d/lab")),
        "licences" => ("1.8", Packages("bash", "teamviewer-host"), Packages("bash"), at => Removed(at, "teamviewer-host")),
        _ => ("1.4", Ssh("yes"), Ssh("no"), at => Ran(at, "/usr/bin/nano", "/etc/ssh/sshd_config")),
    };

    private static Antivirus Scanner(bool running = true, DateTimeOffset built = default) =>
        new() { Products = { new AntivirusProduct { Name = "ClamAV", Running = running, DefinitionsBuiltAt = Timestamp.FromDateTimeOffset(built) } } };

    private static AdminRights Rights(params string[] open)
    {
        var rights = new AdminRights { SudoInstalled = true };
        rights.Grants.AddRange(open.Select(_ => new SudoGrant { WhoKind = SudoGrant.Types.Who.Everybody, NoPassword = true }));
        return rights;
    }

    private static RemoteAccess Ssh(string root) => new() { SshdInstalled = true, SshdSettings = { new ConfiguredSetting { Name = "PermitRootLogin", Effective = root } } };

    private static AdminAct Ran(DateTimeOffset at, string program, params string[] arguments) =>
        Doing.Act(at, "anna", Action.Run, program, AdminAct.Types.Method.A2).With(act => act.Objects.Clear()).With(act => act.Program = program).With(act => act.Arguments.AddRange(arguments));

    private static Software Packages(params string[] names) => new() { Packages = { names.Select(name => new Package { Name = name }) } };

    private static AdminAct Removed(DateTimeOffset at, string package) => Doing.Act(at, "anna", Action.Remove).With(act => act.Objects.Add(new ActObject { Kind = "package", Name = package }));

    private static AdminAct Started(DateTimeOffset at, string unit) => Doing.Act(at, "anna", Action.StartService).With(act => act.Objects.Add(new ActObject { Kind = "service", Name = unit }));
}
