using Sandbox.Protocol;
using static Sandbox.Protocol.SudoGrant.Types;

namespace Sandbox.Tests.SudoRights;

public sealed class GrantRows : IDisposable
{
    private readonly SudoMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_grant_says_everything_that_its_rule_says()
    {
        _machine.Sudoers("# first\nUser_Alias WEB = anna\nwww, WEB lab1, !lab2 = (root, www:adm) NOEXEC: NOPASSWD: SETENV: /usr/bin/ls -l, !/usr/bin/su, TIMEOUT=1d NOTAFTER=20301231000000Z /bin/cat\n");

        var grants = (await _machine.ReadAsync()).Grants;

        Assert.Equal(
            new SudoGrant
            {
                WhoKind = Who.User, Who = "anna", Alias = "WEB", Hosts = { "lab1", "!lab2" }, AsUsers = { "root", "www" }, AsGroups = { "adm" },
                Commands = { "/usr/bin/ls" }, Forbidden = { "/usr/bin/su" }, NoExec = true, NoPassword = true, SetEnvironment = true, Path = "/etc/sudoers", Line = 3,
            },
            grants[2]);
        Assert.Equal((true, "/bin/cat", true), (grants[3].Timed, Assert.Single(grants[3].Commands), grants[3].NoPassword));
    }

    [Theory]
    [InlineData("anna", Who.User, "anna"), InlineData("%sudo", Who.Group, "sudo"), InlineData("#1000", Who.Uid, "1000"), InlineData("%#27", Who.Gid, "27")]
    [InlineData("+lab", Who.Netgroup, "lab"), InlineData("%:dom\\ users", Who.OtherGroup, "dom users"), InlineData("ALL", Who.Everybody, "")]
    [InlineData("NOBODY", Who.Undefined, "NOBODY"), InlineData("\"d e\"", Who.User, "d e"), InlineData("anna@example.org", Who.User, "anna@example.org")]
    public async Task Whoever_a_rule_names_is_told_by_kind(string who, Who kind, string name)
    {
        _machine.Sudoers($"{who} ALL=ALL\n");

        var grant = Assert.Single((await _machine.ReadAsync()).Grants);

        Assert.Equal((kind, name), (grant.WhoKind, grant.Who));
    }

    [Theory]
    [InlineData("anna ALL=/usr/bin/mysql -psecret\\, word, /bin/ls *", "/usr/bin/mysql /bin/ls"), InlineData("anna ALL=^/usr/bin/(a|b)$ ^x,y$, /bin/su", "^/usr/bin/(a|b)$ /bin/su")]
    [InlineData("anna ALL=sudoedit /etc/motd, list", "sudoedit list"), InlineData("anna ALL=/opt/lab/, /opt/a\\:b", "/opt/lab/ /opt/a:b")]
    [InlineData("anna ALL=sha224:d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f, sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 /bin/ls", "/bin/ls")]
    [InlineData("Cmnd_Alias SHELLS = /bin/sh, /bin/bash -c x : EDIT = /bin/vi\nanna ALL=SHELLS, EDIT, !SHELLS", "/bin/sh /bin/bash /bin/vi")]
    [InlineData("anna ALL=/bin/sh -c \"a # b\", /bin/su", "/bin/sh")]
    public async Task Commands_are_paths_without_their_arguments(string rule, string expected)
    {
        _machine.Sudoers(rule + "\n");

        Assert.Equal(expected, string.Join(' ', Assert.Single((await _machine.ReadAsync()).Grants).Commands));
    }

    [Theory]
    [InlineData("anna ALL=(ALL:ALL) ALL", "ALL", "ALL"), InlineData("anna ALL=ALL", "", ""), InlineData("anna ALL=(:ops) ALL", "", "ops"), InlineData("anna ALL=() ALL", "the caller", "")]
    [InlineData("Runas_Alias DB = postgres, #70\nanna ALL=(DB) ALL", "postgres #70", "")]
    public async Task Whose_rights_are_taken_is_told(string rule, string users, string groups)
    {
        _machine.Sudoers(rule + "\n");

        var grant = Assert.Single((await _machine.ReadAsync()).Grants);

        Assert.Equal((users, groups), (string.Join(' ', grant.AsUsers), string.Join(' ', grant.AsGroups)));
    }

    [Theory]
    [InlineData("anna ALL = NOPASSWD: /bin/a, PASSWD: /bin/b, /bin/c : other = /bin/d", "y n n"), InlineData("anna ALL = NOPASSWD : (bob) /bin/a, (cleo) /bin/b", ""), InlineData("anna ALL = (bob) NOPASSWD: /bin/a, (cleo) /bin/b", "y y")]
    public async Task A_tag_holds_until_another_one_or_the_next_hosts(string rule, string expected)
    {
        _machine.Sudoers(rule + "\n");

        Assert.Equal(expected, string.Join(' ', (await _machine.ReadAsync()).Grants.Select(grant => grant.NoPassword ? "y" : "n")));
    }

    [Fact]
    public async Task ALL_lets_the_caller_set_the_environment_unless_it_is_forbidden()
    {
        _machine.Sudoers("anna ALL=ALL\nbob ALL=NOSETENV: ALL\ncleo ALL=/bin/ls\n");

        Assert.Equal([true, false, false], (await _machine.ReadAsync()).Grants.Select(grant => grant.SetEnvironment));
    }

    [Fact]
    public async Task A_list_of_grants_is_bounded_and_says_so()
    {
        _machine.Sudoers(string.Concat(Enumerable.Range(0, 700).Select(i => $"user{i} ALL=/bin/ls\n")));

        var fact = await _machine.ReadAsync();

        Assert.Equal(500, fact.Grants.Count);
        Assert.Contains(fact.Unseen, unseen => unseen.Why == "only the first 500 grants are listed");
    }

    [Fact]
    public async Task Aliases_that_hold_each_other_end()
    {
        _machine.Sudoers("User_Alias A = B, B, B : B = A, A, A, anna\nA ALL=ALL\n");

        var fact = await _machine.ReadAsync();

        Assert.InRange(fact.Grants.Count, 1, 500);
        Assert.Equal("anna", Assert.Single(fact.FullAdministrators).Name);
    }
}
