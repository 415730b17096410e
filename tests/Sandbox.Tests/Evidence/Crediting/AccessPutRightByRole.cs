using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Policies;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Attribution;
using Sandbox.Tests.Evidence.Crediting.Additions;
using Sandbox.Tests.Evidence.Policies;
using static Sandbox.Protocol.Account.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Tests.Evidence.Crediting;

/// <summary>Line 4.5 under a matrix of roles: memberships that were put as the role asks, and everything that only looks like it.</summary>
public sealed class AccessPutRightByRole
{
    private static readonly Policy Matrix = With("{ name: helpdesk, accounts: [anna, ben], groups: [lpadmin] }, { name: lead, accounts: [anna], groups: [sudo] }");

    [Fact]
    public void Who_is_put_into_a_group_as_the_role_asks_counts_and_is_whose_act_it_was()
    {
        var device = Device(printers: "anna", sudoers: "anna");

        var item = device.Tells(Adds(device.Now, "ben", "lpadmin")).Says(People("anna,ben", "anna")).Only;

        Assert.Equal(("4.5", "access.put_right", "ben in lpadmin", "not in the group lpadmin, which the role helpdesk asks for by matrix/1", "in the group lpadmin"), (item.Line, item.Act, item.Target, item.Before, item.After));
        Assert.Equal((EvidenceState.Watched, Grade.E2, Doing.Anna), (item.State, item.Grade, item.Person!.Value));
        Assert.Equal(EvidenceState.Held, device.After(At.Day).SaysTheSame().Only.State);
    }

    [Fact]
    public void Who_is_in_excess_and_is_taken_out_counts()
    {
        var device = Device(printers: "anna,ben,carl", sudoers: "anna");

        var item = device.Tells(At.Does(device.Now, Action.RemoveMember, "account", "carl", "lpadmin")).Says(People("anna,ben", "anna")).Only;

        Assert.Equal(("carl in lpadmin", "in the group lpadmin, which no role of theirs asks for by matrix/1", "out of the group lpadmin", Doing.Anna), (item.Target, item.Before, item.After, item.Person!.Value));
        Assert.Equal(EvidenceState.Held, device.After(At.Day).SaysTheSame().Only.State);
    }

    [Fact]
    public void Somebody_new_who_is_put_where_the_role_asks_counts_beside_the_account()
    {
        var device = new Watched { Policy = Matrix }.Knows(Doing.Works(Doing.Anna, "anna")).Says(People("anna", "anna", "anna", "carl")).After(At.Minute);

        device.Tells(At.Does(device.Now, Action.AddAccount, "account", "ben")).Says(People("anna,ben", "anna"));

        Assert.Equal(["1.3", "4.5"], device.Evidence.Values.Select(item => item.Line).Order());
        Assert.Contains("for lines 1.3 and 4.7 as well", device.Evidence.Values.Single(item => item.Line == "4.5").GradeReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Everybody_in_it_does_not() => Assert.Empty(Device(printers: "anna", sudoers: "anna").Says(People("anna,ben,carl", "anna")).Evidence);

    [Fact]
    public void A_right_that_no_role_asks_for_does_not() => Assert.Empty(Device(printers: "anna,ben", sudoers: "anna").Says(People("anna,ben", "anna,ben")).Evidence);

    [Fact]
    public void What_is_given_together_with_a_right_that_no_role_asks_for_does_not() => Assert.Empty(Device(printers: "anna", sudoers: "anna").Says(People("anna,ben", "anna,ben")).Evidence);

    [Fact]
    public void It_does_not_hold_while_the_account_has_more_than_its_role_asks_for()
    {
        var device = Device(printers: "anna", sudoers: "anna").Says(People("anna,ben", "anna")).After(At.Minute).Says(People("anna,ben", "anna,ben"));

        Assert.Equal(EvidenceState.Watched, device.After(At.Day).SaysTheSame().Evidence.Values.Single(item => item.Target == "ben in lpadmin").State);
    }

    [Fact]
    public void Who_is_taken_out_of_sudo_and_has_root_by_another_door_lost_nothing()
    {
        var docker = People("anna,ben", "anna");
        docker.Accounts_.Single(one => one.Name == "carl").Groups.Add("docker");

        Assert.Empty(Administrators("anna,carl").Says(Rights("anna"), docker).Evidence);
        var device = Administrators("anna,carl").Says(Rights("anna"), People("anna,ben", "anna"));
        var byRule = Rights("anna");
        byRule.FullAdministrators.Add(new FullAdministrator { Name = "carl", Through = "carl" });
        Assert.Equal((EvidenceState.Undone, "the account can do everything as root by another way"), (device.After(At.Minute).Says(byRule).Only.State, device.Only.Reason));
    }

    [Fact]
    public void Somebody_who_gets_a_password_a_moment_later_counts()
    {
        var device = new Watched { Policy = Matrix }.Knows(Doing.Works(Doing.Anna, "anna")).Says(People("anna", "anna", "anna", "carl")).After(At.Minute);
        var without = People("anna,ben", "anna");
        without.Accounts_.Single(one => one.Name == "ben").PasswordState = PasswordState.None;

        device.Tells(At.Does(device.Now, Action.AddAccount, "account", "ben")).Says(without).After(At.Minute).Says(People("anna,ben", "anna"));

        Assert.Equal(EvidenceState.Held, device.After(At.Day).SaysTheSame().Evidence.Values.Single(item => item.Line == "4.5").State);
    }

    [Fact]
    public void Another_name_for_who_was_in_it_does_not()
    {
        var renamed = People("anna,ben", "anna", "anna", "ben");
        renamed.Accounts_.Single(one => one.Name == "ben").Uid = 1000u + 'c';

        Assert.DoesNotContain(new Watched { Policy = Matrix }.Says(People("anna,carl", "anna", "anna", "carl")).After(At.Minute).Says(renamed).Evidence.Values, item => item.Target == "ben in lpadmin");
    }

    [Fact]
    public void An_account_that_several_share_is_the_own_one_of_each()
    {
        var device = Device(printers: "ben", sudoers: "anna").Knows(Doing.Works(Doing.Anna, "carl"), Doing.Works(Doing.Ben, "carl"));
        device.Policy = With("{ name: helpdesk, accounts: [ben, carl], groups: [lpadmin] }");

        Assert.Equal(EvidenceState.Discounted, device.Tells(Adds(device.Now, "carl", "lpadmin")).Says(People("ben,carl", "anna")).Only.State);
    }

    [Fact]
    public void Who_is_exempt_keeps_nobodys_work_from_holding()
    {
        var device = Device(printers: "anna,carl", sudoers: "anna");
        device.Policy = With("{ name: helpdesk, accounts: [anna, ben], groups: [lpadmin] }", "exemptions: [ { rule: access.by_role, subject: lpadmin, reason: a contractor, until: 2026-12-31 } ]");

        Assert.Equal(EvidenceState.Held, device.Says(People("anna,ben,carl", "anna")).After(At.Day).SaysTheSame().Only.State);
    }

    [Fact]
    public void What_the_roles_ask_otherwise_before_it_holds_begins_anew()
    {
        var device = Device(printers: "anna", sudoers: "anna").Says(People("anna,ben", "anna"));
        device.Policy = With("{ name: helpdesk, accounts: [anna], groups: [lpadmin] }");

        Assert.Equal(EvidenceState.Undone, device.After(At.Minute).SaysTheSame().Only.State);
    }

    [Fact]
    public void One_that_was_given_since_and_is_taken_away_does_not() =>
        Assert.Empty(Device(printers: "anna,ben", sudoers: "anna").Says(People("anna,ben,carl", "anna")).After(At.Minute).Says(People("anna,ben", "anna")).Evidence);

    [Fact]
    public void One_that_was_taken_since_and_is_given_again_does_not() =>
        Assert.Empty(Device(printers: "anna,ben", sudoers: "anna").Says(People("anna", "anna")).After(At.Minute).Says(People("anna,ben", "anna")).Evidence);

    [Fact]
    public void The_own_membership_does_not()
    {
        var device = Device(printers: "ben", sudoers: "anna");

        Assert.Equal(EvidenceState.Discounted, device.Tells(Adds(device.Now, "anna", "lpadmin")).Says(People("anna,ben", "anna")).Only.State);
    }

    [Fact]
    public void It_holds_only_once_the_whole_group_is_as_the_roles_ask()
    {
        var device = Device(printers: "anna,carl", sudoers: "anna").Says(People("anna,ben,carl", "anna"));

        Assert.Equal(EvidenceState.Watched, device.After(At.Day).SaysTheSame().Only.State);
        device.Says(People("anna,ben", "anna"));
        Assert.Equal(EvidenceState.Held, device.Evidence.Values.Single(item => item.Target == "ben in lpadmin").State);
    }

    [Fact]
    public void What_is_taken_back_in_time_earns_nothing() =>
        Assert.Equal(EvidenceState.Undone, Device(printers: "anna", sudoers: "anna").Says(People("anna,ben", "anna")).After(At.Minute).Says(People("anna", "anna")).Only.State);

    [Fact]
    public void Another_matrix_takes_nothing_back()
    {
        var device = Device(printers: "anna", sudoers: "anna").Says(People("anna,ben", "anna")).After(At.Day).SaysTheSame();
        device.Policy = With("{ name: helpdesk, accounts: [anna], groups: [lpadmin] }");

        Assert.Equal(EvidenceState.Held, device.After(At.Minute).Says(People("anna", "anna")).Only.State);
    }

    [Fact]
    public void Who_leaves_counts_for_another_line()
    {
        var device = Device(printers: "anna,ben,carl", sudoers: "anna");

        Assert.DoesNotContain(device.Says(People("anna,ben", "anna", "anna", "ben")).Evidence.Values, item => item.Line == "4.5");
    }

    [Theory, InlineData(PasswordState.Locked), InlineData(PasswordState.None)]
    public void Who_cannot_work_has_no_level_of_access(PasswordState state)
    {
        var after = People("anna,ben", "anna");
        after.Accounts_.Single(one => one.Name == "carl").PasswordState = state;

        Assert.DoesNotContain(Device(printers: "anna,ben,carl", sudoers: "anna").Says(after).Evidence.Values, item => item.Line == "4.5");
    }

    [Fact]
    public void Groups_that_could_not_be_read_are_no_beginning_and_no_end()
    {
        var blind = People("anna", "anna");
        blind.Groups.Clear();
        blind.Unseen.Add(new Unseen { What = "/etc/group", Why = "permission denied" });

        Assert.Empty(Device(printers: "anna", sudoers: "anna").Says(blind).Evidence);
        Assert.Empty(new Watched { Policy = Matrix }.Knows(Doing.Works(Doing.Anna, "anna")).Says(blind).After(At.Minute).Says(People("anna,ben", "anna")).Evidence);
    }

    [Fact]
    public void Without_a_matrix_nothing_is_known_to_be_right() => Assert.Empty(new Watched { Policy = PasswordsOnly.Policy }.Says(People("anna", "anna")).After(At.Minute).Says(People("anna,ben", "anna")).Evidence);

    [Fact]
    public void An_administrators_right_that_the_matrix_knows_of_is_counted_once()
    {
        var device = new Watched { Policy = Matrix }.Knows(Doing.Works(Doing.Anna, "anna")).Says(Rights("anna", "carl"), People("anna,ben", "anna,carl")).After(At.Minute);

        Assert.Equal("access.put_right", device.Says(Rights("anna"), People("anna,ben", "anna")).Only.Act);
    }

    [Theory]
    [InlineData("/usr/bin/gpasswd", "-a", "ben", "lpadmin"), InlineData("/usr/bin/gpasswd", "-M", "anna,ben", "lpadmin"), InlineData("/usr/sbin/adduser", "ben", "lpadmin"), InlineData("/usr/sbin/usermod", "-aG", "lpadmin", "ben"), InlineData("/usr/sbin/usermod", "-a", "-G", "lab,lpadmin", "ben"), InlineData("/usr/sbin/usermod", "-G", "lpadmin", "ben"), InlineData("/usr/bin/nano", "/etc/group")]
    public void The_command_tells_as_well(string program, params string[] arguments)
    {
        var device = Device(printers: "anna", sudoers: "anna");

        Assert.Equal(Doing.Anna, device.Tells(At.Runs(device.Now, program, arguments)).Says(People("anna,ben", "anna")).Only.Person);
    }

    [Theory]
    [InlineData("/usr/sbin/adduser", "ben", "audio"), InlineData("/usr/sbin/usermod", "-aG", "audio", "ben"), InlineData("/usr/bin/gpasswd", "-d", "ben", "lpadmin")]
    [InlineData("/usr/bin/gpasswd", "-a", "carl", "lpadmin"), InlineData("/usr/bin/gpasswd", "-a", "ben", "audio"), InlineData("/usr/bin/groups", "ben"), InlineData("/usr/sbin/usermod", "-L", "ben"), InlineData("/usr/bin/gpasswd", "-d", "carl", "lpadmin")]
    public void Another_command_does_not(string program, params string[] arguments)
    {
        var device = Device(printers: "anna", sudoers: "anna");

        Assert.Null(device.Tells(At.Runs(device.Now, program, arguments)).Says(People("anna,ben", "anna")).Only.Person);
    }

    [Theory]
    [InlineData(true, "/usr/bin/gpasswd", "-d", "carl", "lpadmin"), InlineData(true, "/usr/sbin/deluser", "carl", "lpadmin"), InlineData(true, "/usr/sbin/usermod", "-G", "lab", "carl"), InlineData(true, "/usr/sbin/usermod", "-G", "", "carl")]
    [InlineData(false, "/usr/bin/gpasswd", "-a", "carl", "lpadmin"), InlineData(false, "/usr/sbin/usermod", "-a", "-G", "lab", "carl"), InlineData(false, "/usr/sbin/usermod", "--append", "--groups", "lab", "carl"), InlineData(false, "/usr/sbin/usermod", "-G", "lpadmin,lab", "carl")]
    public void Who_takes_somebody_out_is_told_from_who_puts_somebody_in(bool takesOut, string program, params string[] arguments)
    {
        var device = Device(printers: "anna,ben,carl", sudoers: "anna");

        Assert.Equal(takesOut ? Doing.Anna : (Guid?)null, device.Tells(At.Runs(device.Now, program, arguments)).Says(People("anna,ben", "anna")).Only.Person);
    }

    private static Watched Administrators(string sudoers) => new Watched { Policy = Matrix }.Knows(Doing.Works(Doing.Anna, "anna")).Says(Rights(sudoers.Split(',')), People("anna,ben", sudoers)).After(At.Minute);

    private static AdminAct Adds(DateTimeOffset at, string account, string group) => At.Does(at, Action.AddMember, "account", account, group);

    private static Watched Device(string printers, string sudoers) => new Watched { Policy = Matrix }.Knows(Doing.Works(Doing.Anna, "anna")).Says(People(printers, sudoers)).After(At.Minute);

    private static Policy With(string roles, string more = "") =>
        PolicyReader.Read($"schema: 1\nid: matrix\nversion: 1\ntitle: Matrix\nrules: [ {{ id: access.by_role, expect: {{ op: as_roles, roles: [ {roles} ] }} }} ]\n{more}").Policy!;

    private static Accounts People(string printers, string sudoers, params string[] names) => new()
    {
        UidMin = 1000,
        Accounts_ = { (names.Length == 0 ? ["anna", "ben", "carl"] : names).Select(name => Watched.Person(name, 1000u + name[0])) },
        Groups = { Of("lpadmin", 105, printers), Of("sudo", 27, sudoers) },
    };

    private static Group Of(string name, uint gid, string members) => new() { Name = name, Gid = gid, Members = { members.Split(',') } };

    private static AdminRights Rights(params string[] members) => new()
    {
        SudoInstalled = true,
        Groups = { new AdminGroup { Name = "sudo", Gid = 27, FullGrant = true, Members = { members } } },
        FullAdministrators = { members.Select(name => new FullAdministrator { Name = name, Through = "%sudo" }) },
    };
}
