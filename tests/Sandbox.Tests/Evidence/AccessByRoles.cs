using Sandbox.Evidence;
using Sandbox.Evidence.Policies;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Crediting;
using Sandbox.Tests.Evidence.Policies;

namespace Sandbox.Tests.Evidence;

/// <summary>Who must be in a group, who may, and what is wrong with a matrix of roles.</summary>
public sealed class AccessByRoles
{
    private const string Roles = "{ name: helpdesk, accounts: [ben, dora], groups: [lpadmin] }, { name: lead, accounts: [anna], groups: [lpadmin, sudo] }";

    [Theory]
    [InlineData("anna,ben", Verdict.Pass, "anna, ben", null)]
    [InlineData("ben", Verdict.Fail, "ben", "the role of anna asks for it")]
    [InlineData("anna,ben,carl", Verdict.Fail, "anna, ben, carl", "no role asks for carl in it")]
    [InlineData("", Verdict.Fail, "nobody", "the role of anna, ben asks for it")]
    [InlineData("anna,ghost", Verdict.Fail, "anna, ghost", "no role asks for ghost in it; the role of ben asks for it")]
    [InlineData("anna,ben,dora", Verdict.Pass, "anna, ben, dora", null)]
    public void In_a_group_are_those_whose_role_asks_for_it_and_who_have_an_account(string members, Verdict expected, string observed, string? reason)
    {
        var finding = Of("lpadmin", Machine(("lpadmin", members), ("sudo", "anna")));

        Assert.Equal((expected, observed, reason), (finding.Verdict, finding.Observed, finding.Reason));
        Assert.Equal("in the group lpadmin, of those who have an account: ben, dora (helpdesk), anna (lead); nobody else", finding.Expected);
    }

    [Fact]
    public void Whose_primary_group_it_is_is_in_it()
    {
        var accounts = Machine(("lpadmin", "anna"), ("sudo", "anna"));
        accounts.Accounts_.Single(one => one.Name == "ben").Gid = accounts.Groups[0].Gid;

        Assert.Equal(Verdict.Pass, Of("lpadmin", accounts).Verdict);
    }

    [Theory, InlineData("lpadmin2", 100), InlineData("lpadmin", 999)]
    public void Another_entry_of_its_name_or_number_gives_the_same_rights(string name, uint gid)
    {
        var accounts = Machine(("lpadmin", "anna,ben"), ("sudo", "anna"));
        accounts.Groups.Add(new Group { Name = name, Gid = gid, Members = { "carl" } });

        Assert.Equal((Verdict.Fail, "anna, ben, carl"), (Of("lpadmin", accounts).Verdict, Of("lpadmin", accounts).Observed));
    }

    [Fact]
    public void Who_is_in_it_by_a_directory_is_not_known_and_who_is_here_in_excess_fails_all_the_same()
    {
        var (fine, excess) = (Machine(("lpadmin", "anna,ben"), ("sudo", "anna")), Machine(("lpadmin", "anna,ben,carl"), ("sudo", "anna")));
        fine.Directories.Add("sss");
        excess.Directories.Add("sss");

        Assert.Equal((Verdict.Unknown, "accounts also come from sss; who of those is in it, only the directory knows"), (Of("lpadmin", fine).Verdict, Of("lpadmin", fine).Reason));
        Assert.Equal(Verdict.Fail, Of("lpadmin", excess).Verdict);
    }

    [Fact]
    public void A_line_that_cannot_be_read_hides_nobody_and_a_name_of_etc_shadow_alone_is_no_account()
    {
        var accounts = Machine(("lpadmin", "anna,ben"), ("sudo", "anna"));
        accounts.Unseen.Add(new Unseen { What = "/etc/group", Why = "line 7: it has no number" });
        accounts.Accounts_.Add(new Account { Name = "dora" });

        Assert.Equal(Verdict.Pass, Of("lpadmin", accounts).Verdict);
    }

    [Fact]
    public void A_group_that_is_not_there_fails_where_somebody_needs_it_and_means_nothing_elsewhere()
    {
        Assert.Equal((Verdict.Fail, "no such group"), (Of("lpadmin", Machine(("sudo", "anna"))).Verdict, Of("lpadmin", Machine(("sudo", "anna"))).Observed));
        var nobody = new Accounts { Accounts_ = { Watched.Person("carl", 1002) }, Groups = { new Group { Name = "users", Gid = 100 } } };
        Assert.Equal(Verdict.NotApplicable, Of("lpadmin", nobody).Verdict);
    }

    [Fact]
    public void Members_that_are_not_all_known_are_not_judged()
    {
        var hidden = Machine(("lpadmin", "anna,ben"), ("sudo", "anna"));
        hidden.Groups[0].MembersLeftOut = 3;
        var blind = Machine();
        blind.Groups.Clear();
        blind.Unseen.Add(new Unseen { What = "/etc/group", Why = "permission denied" });

        Assert.Equal((Verdict.Unknown, "3 more are in the group lpadmin than the agent lists"), (Of("lpadmin", hidden).Verdict, Of("lpadmin", hidden).Reason));
        Assert.Equal((Verdict.Unknown, "the agent cannot read /etc/group: permission denied"), (Of("sudo", blind).Verdict, Of("sudo", blind).Reason));
        Assert.All(OneRule.Judge(Entry(Roles), null).Findings, finding => Assert.Equal((Verdict.Unknown, "no accounts have been reported"), (finding.Verdict, finding.Reason)));
    }

    [Fact]
    public void A_role_that_nobody_has_leaves_its_groups_empty()
    {
        var finding = Assert.Single(OneRule.Judge(Entry("{ name: backup, accounts: [], groups: [disk] }"), new Fact { Accounts = Machine(("disk", "carl")) }).Findings);

        Assert.Equal((Verdict.Fail, "in the group disk, of those who have an account: nobody (backup); nobody else"), (finding.Verdict, finding.Expected));
    }

    [Theory]
    [InlineData("{ name: helpdesk, groups: [lpadmin] }", "`accounts` is missing")]
    [InlineData("{ name: helpdesk, accounts: [ben] }", "`groups` is missing")]
    [InlineData("{ name: helpdesk, accounts: [ben], groups: [] }", "`groups` must name at least one")]
    [InlineData("{ accounts: [ben], groups: [lpadmin] }", "`name` is missing")]
    [InlineData("{ name: helpdesk, accounts: [ben], groups: [lpadmin], group: x }", "`group` means nothing here; known: name, accounts, groups")]
    [InlineData("{ name: helpdesk, accounts: [ben, ben], groups: [lpadmin] }", "`ben` stands twice in `accounts`")]
    [InlineData("{ name: helpdesk, accounts: [ben], groups: [\"%sudo\"] }", "`%sudo` cannot be a name in `groups`: write it as /etc/passwd and /etc/group have it")]
    [InlineData("{ name: helpdesk, accounts: [\"ben,anna\"], groups: [sudo] }", "`ben,anna` cannot be a name in `accounts`: write it as /etc/passwd and /etc/group have it")]
    [InlineData("{ name: helpdesk, accounts: [ben], groups: [lpadmin] }, { name: helpdesk, accounts: [anna], groups: [sudo] }", "the role `helpdesk` stands here twice: name all its accounts and groups in one entry")]
    public void What_is_wrong_with_a_matrix_is_said(string roles, string words) =>
        Assert.Contains(PolicyReader.Read($"schema: 1\nid: lab\nversion: 1\ntitle: t\nrules:\n  - {{ {Entry(roles)} }}\n").Faults, fault => fault.Message == words && fault.Line == 6);

    [Fact]
    public void Another_matrix_under_the_same_name_is_another_policy()
    {
        Assert.True(Policy(Roles).DemandsTheSameAs(Policy(Roles)));
        Assert.All(
            [Roles.Replace("ben, dora", "ben", StringComparison.Ordinal), Roles.Replace("[lpadmin, sudo]", "[lpadmin]", StringComparison.Ordinal), Roles.Replace("lead", "head", StringComparison.Ordinal)],
            other => Assert.False(Policy(Roles).DemandsTheSameAs(Policy(other))));
    }

    [Fact]
    public void The_log_of_the_policy_names_everybody()
    {
        var demand = Assert.Single(PolicyDemand.Of(Policy("{ name: helpdesk, accounts: [a, b, c, d, e, f, g], groups: [lpadmin] }")));

        Assert.Equal(["in the group lpadmin, of those who have an account: a, b, c, d, e, f, g (helpdesk); nobody else"], demand.Expected);
    }

    [Theory, InlineData("roles: []", "`roles` must name at least one"), InlineData("", "`roles` is missing")]
    public void A_matrix_names_something(string roles, string words) =>
        Assert.Contains(words, Assert.Single(PolicyReader.Read($"schema: 1\nid: lab\nversion: 1\ntitle: t\nrules: [ {{ id: access.by_role, expect: {{ op: as_roles, {roles} }} }} ]\n").Faults).ToString(), StringComparison.Ordinal);

    private static Policy Policy(string roles) => PolicyReader.Read($"schema: 1\nid: lab\nversion: 1\ntitle: t\nrules:\n  - {{ {Entry(roles)} }}\n").Policy!;

    private static string Entry(string roles) => $"id: access.by_role, expect: {{ op: as_roles, roles: [ {roles} ] }}";

    private static Finding Of(string group, Accounts accounts) => OneRule.Judge(Entry(Roles), new Fact { Accounts = accounts }).Findings.Single(finding => finding.Subject == group);

    private static Accounts Machine(params (string Name, string Members)[] groups) => new()
    {
        UidMin = 1000,
        Accounts_ = { Watched.Person("anna", 1000), Watched.Person("ben", 1001), Watched.Person("carl", 1002) },
        Groups = { groups.Select((group, i) => new Group { Name = group.Name, Gid = (uint)(100 + i), Members = { group.Members.Split(',', StringSplitOptions.RemoveEmptyEntries) } }) },
    };
}
