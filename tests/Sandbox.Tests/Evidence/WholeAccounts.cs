using Sandbox.Evidence;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Policies;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Tests.Evidence;

/// <summary>What is demanded of a device's accounts as a whole, and of the files that they stand in.</summary>
public sealed class WholeAccounts
{
    private static readonly Unseen NoShadow = new() { What = "/etc/shadow", Why = "permission denied" };

    [Theory]
    [InlineData("account.shared_uids"), InlineData("account.shared_gids"), InlineData("account.uid_zero"), InlineData("account.hash_in_passwd"), InlineData("account.change_in_future"), InlineData("account.unknown_group"), InlineData("account.shadow_members"), InlineData("account.system_shells")]
    public void Of_accounts_that_nobody_could_read_nothing_is_known(string rule)
    {
        Assert.Equal((Verdict.Unknown, "no accounts have been reported"), Is(rule, null));
        Assert.Equal((Verdict.Unknown, "the agent cannot read /etc/passwd: it is a pipe"), Is(rule, new Accounts { Unseen = { new Unseen { What = "/etc/passwd", Why = "it is a pipe" } } }));
    }

    [Fact]
    public void Two_accounts_or_groups_with_one_number_are_named()
    {
        Assert.Equal("1000: anna, bert", Finding("account.shared_uids", new Accounts { Accounts_ = { One("anna", 1000), One("bert", 1000) }, SharedUids = { new SharedUid { Uid = 1000, Names = { "anna", "bert" } } } }).Observed);
        Assert.Equal("27: admin, sudo", Finding("account.shared_gids", new Accounts { Accounts_ = { One("anna", 1000) }, Groups = { new Group { Name = "admin", Gid = 27 }, new Group { Name = "sudo", Gid = 27 } } }).Observed);
        Assert.Equal(Verdict.Pass, Is("account.shared_uids", new Accounts { Accounts_ = { One("anna", 1000) } }).Verdict);
        Assert.Equal(Verdict.Pass, Is("account.shared_gids", new Accounts { Accounts_ = { One("anna", 1000) }, Groups = { new Group { Name = "sudo", Gid = 27 } } }).Verdict);
    }

    [Theory]
    [InlineData(PasswordState.Set, Verdict.Fail, null), InlineData(PasswordState.Empty, Verdict.Fail, null), InlineData(PasswordState.Locked, Verdict.Pass, "no password opens it"), InlineData(PasswordState.None, Verdict.Pass, "no password opens it")]
    [InlineData(null, Verdict.Unknown, "the agent cannot read /etc/shadow: permission denied")]
    public void A_second_root_is_one_unless_its_password_is_locked(PasswordState? state, Verdict expected, string? reason)
    {
        var other = One("toor", 0);
        if (state is { } known) other.PasswordState = known;
        else other.ClearPasswordState();

        Assert.Equal((expected, reason), Is("account.uid_zero", new Accounts { Accounts_ = { One("root", 0), other }, Unseen = { NoShadow } }));
    }

    [Fact]
    public void A_hash_that_everybody_can_read_is_named() =>
        Assert.Equal("anna", Finding("account.hash_in_passwd", new Accounts { Accounts_ = { One("anna", 1000) }, HashInPasswd = { "anna" } }).Observed);

    [Theory, InlineData(0, Verdict.Pass), InlineData(1, Verdict.Fail)]
    public void A_change_on_a_day_to_come_is_none(int days, Verdict expected)
    {
        var anna = One("anna", 1000);
        anna.LastChangeDay = Reported.Today + days;

        Assert.Equal(expected, Is("account.change_in_future", new Accounts { Accounts_ = { anna } }).Verdict);
    }

    [Fact]
    public void Whoever_is_in_a_group_that_there_is_not_in_shadow_or_has_a_shell_of_the_system_is_named()
    {
        var (anna, games, backup) = (One("anna", 1000), One("games", 5), One("backup", 34));
        (anna.Gid, games.Gid, backup.Gid) = (4711, 42, 34);
        (games.System, games.Shell, games.ShellClass, backup.System, backup.ShellClass) = (true, "/bin/bash", ShellClass.Login, true, ShellClass.NoLogin);
        var accounts = new Accounts { Accounts_ = { anna, games, backup }, Groups = { new Group { Name = "shadow", Gid = 42, Members = { "bert" } }, new Group { Name = "backup", Gid = 34 } } };

        Assert.Equal("anna (4711)", Finding("account.unknown_group", accounts).Observed);
        Assert.Equal("bert, games", Finding("account.shadow_members", accounts).Observed);
        Assert.Equal("games (/bin/bash)", Finding("account.system_shells", accounts).Observed);
    }

    [Theory, InlineData(HashScheme.Yescrypt, Verdict.Pass), InlineData(HashScheme.Sha512, Verdict.Fail), InlineData(HashScheme.Md5, Verdict.Fail)]
    public void A_password_that_is_stored_weakly_is_named(HashScheme scheme, Verdict expected)
    {
        var anna = One("anna", 1000);
        anna.HashScheme = scheme;

        Assert.Equal(expected, OneRule.Of("id: account.hash_scheme, expect: { op: in, values: [yescrypt] }", new Fact { Accounts = new Accounts { Accounts_ = { anna } } }).Verdict);
    }

    [Theory]
    [InlineData(0b110_100_000u, Verdict.Pass), InlineData(0b100_000_000u, Verdict.Pass), InlineData(0u, Verdict.Pass), InlineData(0b110_100_100u, Verdict.Fail), InlineData(0b100_110_100_000u, Verdict.Fail)]
    public void A_file_allows_nothing_beyond_its_mode(uint mode, Verdict expected) =>
        Assert.Equal(expected, OneRule.Of("id: file.shadow.mode, expect: { op: no_looser, value: \"0640\" }", Files(mode, 0, 42)).Verdict);

    [Theory, InlineData("owner", "root", Verdict.Pass), InlineData("owner", "0", Verdict.Pass), InlineData("owner", "anna", Verdict.Fail), InlineData("group", "shadow", Verdict.Pass), InlineData("group", "42", Verdict.Pass), InlineData("group", "root", Verdict.Fail)]
    public void A_file_belongs_to_whom_it_should_by_name_or_number(string what, string allowed, Verdict expected) =>
        Assert.Equal(expected, OneRule.Of($"id: file.shadow.{what}, expect: {{ op: in, values: [\"{allowed}\"] }}", Files(416, 0, 42)).Verdict);

    [Fact]
    public void A_file_that_is_not_there_is_no_matter_and_of_an_agent_that_does_not_look_nothing_is_known()
    {
        Assert.Equal(Verdict.NotApplicable, OneRule.Of("id: file.gshadow_copy.mode, expect: { op: no_looser, value: \"0640\" }", Files(416, 0, 42)).Verdict);
        Assert.Equal(Verdict.Unknown, OneRule.Of("id: file.shadow.mode, expect: { op: no_looser, value: \"0640\" }", new Fact { Accounts = new Accounts { Accounts_ = { One("anna", 1000) } } }).Verdict);
    }

    private static Fact Files(uint mode, uint uid, uint gid) => new()
    {
        Accounts = new Accounts { Accounts_ = { One("root", 0) }, Groups = { new Group { Name = "shadow", Gid = 42 } }, Files = { new FileRights { Path = "/etc/shadow", Mode = mode, Uid = uid, Gid = gid } } },
    };

    private static Finding Finding(string rule, Accounts? accounts) => OneRule.Of($"id: {rule}, expect: {{ op: count, value: 0 }}", accounts is null ? null : new Fact { Accounts = accounts });

    private static (Verdict Verdict, string? Reason) Is(string rule, Accounts? accounts) => Finding(rule, accounts) is var found ? (found.Verdict, found.Reason) : default;

    private static Account One(string name, uint uid) => new() { Name = name, Uid = uid, PasswordState = PasswordState.Set };
}
