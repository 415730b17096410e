using Sandbox.Agent.Accounts;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Tests.LocalAccounts;

public sealed class LinuxAccountsTests
{
    private const string Passwd = "root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1::/:/usr/sbin/nologin\nanna:x:1000:1000:Anna A.:/home/anna:/bin/bash\n";
    private const string Shadow = "root:*:20000:0:99999:7:::\ndaemon:*:20000:0:99999:7:::\nanna:$6$salt$hash:20770:1:90:7:30::\n";

    [Fact]
    public async Task Accounts_come_by_uid_with_everything_that_the_files_say()
    {
        using var machine = Machine().With("etc/group", "root:x:0:\nsudo:x:27:anna\nanna:x:1000:\n");

        var fact = await CollectAsync(machine);

        Assert.Equal(["root", "daemon", "anna"], fact.Accounts_.Select(account => account.Name));
        Assert.Equal(
            new Account
            {
                Name = "anna", Uid = 1000, Gid = 1000, Shell = "/bin/bash", ShellClass = ShellClass.Login, PasswordState = PasswordState.Set,
                HashScheme = HashScheme.Sha512, LastChangeDay = 20770, MinDays = 1, MaxDays = 90, WarnDays = 7, InactiveDays = 30,
                PasswordExpiresDay = 20860, MustChange = false, Groups = { "anna", "sudo" }, Administrator = true,
            },
            fact.Accounts_[2]);
    }

    [Theory]
    [InlineData("", 999u, true), InlineData("", 1000u, false), InlineData("", 0u, false), InlineData("", 65534u, true)]
    [InlineData("UID_MIN 500\n", 540u, false), InlineData("UID_MIN 500\nUID_MIN 2000\n", 540u, true)]
    public async Task Accounts_below_uid_min_are_the_systems(string loginDefs, uint uid, bool expected)
    {
        using var machine = new MachineFiles().With("etc/passwd", $"a:x:{uid}:1::/:/bin/sh\n").With("etc/login.defs", loginDefs);

        Assert.Equal(expected, Assert.Single((await CollectAsync(machine)).Accounts_).System);
    }

    [Fact]
    public async Task A_machine_without_shadow_says_so_and_claims_no_password_state()
    {
        using var machine = new MachineFiles().With("etc/passwd", Passwd);

        var fact = await CollectAsync(machine);

        Assert.All(fact.Accounts_, account => Assert.False(account.HasPasswordState || account.HasMustChange));
        Assert.Contains(fact.Unseen, unseen => unseen is { What: "/etc/shadow", Why: "not present" });
    }

    [Fact]
    public async Task A_shadow_file_that_only_root_may_read_is_unseen_with_the_remedy()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "Root may read every file; run the tests as a plain user to see this one.");
        using var machine = Machine();
        if (!System.OperatingSystem.IsWindows()) File.SetUnixFileMode(machine.At("etc/shadow"), UnixFileMode.None);

        var unseen = Assert.Single((await CollectAsync(machine)).Unseen, unseen => unseen.What == "/etc/shadow");

        Assert.Equal("permission denied", unseen.Why);
        Assert.Contains("root", unseen.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_absurdly_large_file_is_refused_in_words()
    {
        using var machine = Machine().With("etc/shadow", new string('a', 17 << 20));

        var fact = await CollectAsync(machine);

        Assert.Contains(fact.Unseen, unseen => unseen.What == "/etc/shadow" && unseen.Why.StartsWith("larger than", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_that_leads_out_of_the_root_is_not_followed_out_of_it()
    {
        using var outside = new MachineFiles().With("shadow", Shadow);
        using var machine = new MachineFiles().With("etc/passwd", Passwd).WithLink("etc/shadow", outside.At("shadow"));

        Assert.All((await CollectAsync(machine)).Accounts_, account => Assert.False(account.HasPasswordState));
    }

    [Fact]
    public async Task An_account_that_only_shadow_knows_is_reported_without_a_uid()
    {
        using var machine = Machine().With("etc/shadow", Shadow + "ghost:*:20781:0:99999:7:::\n");

        var ghost = (await CollectAsync(machine)).Accounts_[^1];

        Assert.Equal(("ghost", false, 20781), (ghost.Name, ghost.HasUid, ghost.LastChangeDay));
    }

    [Theory]
    [InlineData("x", PasswordState.Set), InlineData("*", PasswordState.None), InlineData("", PasswordState.Empty)]
    public async Task The_field_in_passwd_comes_before_shadow_unless_it_is_x(string field, PasswordState expected)
    {
        using var machine = new MachineFiles().With("etc/passwd", $"anna:{field}:1000:1000::/:/bin/sh\n").With("etc/shadow", Shadow);

        Assert.Equal(expected, (await CollectAsync(machine)).Accounts_[0].PasswordState);
    }

    [Fact]
    public async Task Shared_numbers_and_hashes_in_passwd_are_named()
    {
        using var machine = Machine().With("etc/passwd", Passwd + "toor:x:0:0::/:/bin/sh\nold:abJnggxhB/yWI:1001:1001::/:/bin/sh\n");

        var fact = await CollectAsync(machine);

        Assert.Equal([new SharedUid { Uid = 0, Names = { "root", "toor" } }], fact.SharedUids);
        Assert.Equal(["old"], fact.HashInPasswd);
    }

    [Fact]
    public async Task Malformed_lines_are_named_with_file_and_line()
    {
        using var machine = Machine().With("etc/passwd", Passwd + "broken\n").With("etc/group", "broken\n");

        var fact = await CollectAsync(machine);

        Assert.Contains(fact.Unseen, unseen => unseen is { What: "/etc/passwd", Why: "line 4: it has 1 fields where 7 belong" });
        Assert.Contains(fact.Unseen, unseen => unseen is { What: "/etc/group", Why: "line 1: it is no group" });
    }

    [Fact]
    public async Task A_name_that_stands_there_twice_is_one_account()
    {
        using var machine = Machine().With("etc/passwd", Passwd + "anna:x:7:7::/:/bin/sh\n");

        Assert.Equal(1000u, (await CollectAsync(machine)).Accounts_.Single(account => account.Name == "anna").Uid);
    }

    [Fact]
    public async Task A_file_full_of_nonsense_stays_a_small_fact()
    {
        using var machine = Machine().With("etc/group", string.Concat(Enumerable.Repeat("x\n", 10_000)));

        Assert.InRange((await CollectAsync(machine)).CalculateSize(), 0, 10_000);
    }

    [Fact]
    public async Task Without_groups_nobody_but_root_is_known_to_be_an_administrator()
    {
        using var machine = Machine();

        var fact = await CollectAsync(machine);

        Assert.Equal([(true, true), (false, false), (false, false)], fact.Accounts_.Select(a => (a.HasAdministrator, a.Administrator)));
    }

    [Fact]
    public async Task Directories_come_from_nsswitch()
    {
        using var machine = Machine().With("etc/nsswitch.conf", "passwd: files sss\n");

        Assert.Equal(["sss"], (await CollectAsync(machine)).Directories);
    }

    [Fact]
    public async Task Groups_are_there_with_and_without_members_and_never_with_a_password()
    {
        using var machine = Machine().With("etc/group", "staff:$6$x$SECRET:50:anna,ghost,anna\nroot:x:0:\nother:x:50:\n");

        var fact = await CollectAsync(machine);

        Assert.Equal(["root 0 ", "other 50 ", "staff 50 anna,ghost"], fact.Groups.Select(group => $"{group.Name} {group.Gid} {string.Join(',', group.Members)}"));
        Assert.DoesNotContain("SECRET", fact.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_very_many_members_and_groups_the_rest_is_counted()
    {
        using var machine = Machine().With("etc/group", $"all:x:5:{string.Join(',', Enumerable.Range(0, 1500).Select(n => $"u{n}"))}\n" + string.Concat(Enumerable.Range(10, 6000).Select(n => $"g{n}:x:{n}:\n")));

        var fact = await CollectAsync(machine);

        Assert.Equal((5000, 1000, 500u), (fact.Groups.Count, fact.Groups[0].Members.Count, fact.Groups[0].MembersLeftOut));
        Assert.Contains(fact.Unseen, unseen => unseen is { What: "/etc/group", Why: "1001 more groups; they are left out" });
    }

    [Fact]
    public async Task Two_thousand_accounts_are_read_at_once()
    {
        var lines = Enumerable.Range(1000, 2000).ToList();
        using var machine = new MachineFiles()
            .With("etc/passwd", string.Concat(lines.Select(n => $"user{n}:x:{n}:{n}:User {n}:/home/user{n}:/bin/bash\n")))
            .With("etc/shadow", string.Concat(lines.Select(n => $"user{n}:$6$salt{n}$hash{n}:20770:0:90:7:::\n")))
            .With("etc/group", string.Concat(lines.Select(n => $"user{n}:x:{n}:\n")));

        var fact = await CollectAsync(machine);

        Assert.Equal(2000, fact.Accounts_.Count(account => account is { PasswordState: PasswordState.Set, Groups.Count: 1 }));
    }

    private static MachineFiles Machine() => new MachineFiles().With("etc/passwd", Passwd).With("etc/shadow", Shadow);

    private static async Task<Protocol.Accounts> CollectAsync(MachineFiles machine) =>
        Assert.Single(await new LinuxAccounts(machine.Root).CollectAsync(TestContext.Current.CancellationToken)).Accounts;
}
