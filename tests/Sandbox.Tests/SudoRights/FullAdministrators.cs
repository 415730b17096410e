using Sandbox.Protocol;

namespace Sandbox.Tests.SudoRights;

public sealed class FullAdministrators : IDisposable
{
    private readonly SudoMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_member_of_a_group_with_every_right_is_one_because_of_a_line()
    {
        _machine.Sudoers("Defaults env_reset\n@includedir /etc/sudoers.d\n").With("etc/sudoers.d/lab", "# the lab\n%sudo ALL=(ALL:ALL) NOPASSWD: ALL, !/bin/su\n");

        var fact = await _machine.ReadAsync();

        Assert.Equal(
            [
                new FullAdministrator { Name = "anna", Uid = 1000, Through = "%sudo", NoPassword = true, WithExceptions = true, Path = "/etc/sudoers.d/lab", Line = 2 },
                new FullAdministrator { Name = "bob", Uid = 1001, Through = "%sudo", NoPassword = true, WithExceptions = true, Path = "/etc/sudoers.d/lab", Line = 2 },
            ],
            fact.FullAdministrators);
    }

    [Theory]
    [InlineData("anna ALL=(ALL) ALL", "anna"), InlineData("%#27 ALL=(root) ALL", "anna bob"), InlineData("#1002 ALL=ALL", "cleo"), InlineData("ALL ALL=ALL", "anna bob cleo")]
    [InlineData("ALL, !bob ALL=ALL", "anna cleo"), InlineData("!bob, ALL ALL=ALL", "anna bob cleo"), InlineData("User_Alias A = ALL, !anna\nA ALL=ALL", "bob cleo")]
    [InlineData("User_Alias A = anna\nALL, !A ALL=ALL", "bob cleo"), InlineData("User_Alias A = !anna\nbob, !A ALL=ALL", "anna bob"), InlineData("+lab ALL=ALL", "")]
    [InlineData("root ALL=ALL", ""), InlineData("Cmnd_Alias EVERY = ALL\nanna ALL=EVERY", "anna"), InlineData("anna ALL=/bin/su, /bin/sh", "")]
    public async Task Whoever_may_run_anything_as_root_is_one(string sudoers, string expected) =>
        Assert.Equal(expected, await _machine.AdministratorsAsync(sudoers + "\n"));

    [Theory]
    [InlineData("(ALL)", "anna"), InlineData("(root)", "anna"), InlineData("(#0)", "anna"), InlineData("(postgres)", ""), InlineData("(:ops)", ""), InlineData("()", "")]
    [InlineData("(ALL, !root)", ""), InlineData("(!postgres, root)", "anna"), InlineData("", "anna"), InlineData("(DB)", "")]
    public async Task Rights_of_somebody_else_than_root_are_not_enough(string target, string expected) =>
        Assert.Equal(expected, await _machine.AdministratorsAsync($"Runas_Alias DB = postgres\nanna ALL={target} ALL\n"));

    [Theory]
    [InlineData("ALL", "anna"), InlineData("lab1", "anna"), InlineData("LAB1.example.org", "anna"), InlineData("lab2", ""), InlineData("ALL, !lab1", ""), InlineData("lab*", "anna")]
    [InlineData("192.0.2.7", ""), InlineData("LABS", "anna"), InlineData("fe80::1/64", "")]
    public async Task A_rule_counts_on_its_hosts_only(string hosts, string expected) =>
        Assert.Equal(expected, await _machine.AdministratorsAsync($"Host_Alias LABS = lab0, lab1\nanna {hosts} = ALL\n"));

    [Theory]
    [InlineData("anna ALL=ALL\nanna ALL=!ALL", ""), InlineData("anna ALL=!ALL\nanna ALL=ALL", "anna"), InlineData("anna ALL=ALL, !ALL", ""), InlineData("anna ALL=!ALL, ALL", "anna")]
    [InlineData("anna ALL=ALL\n%ops ALL=!ALL", ""), InlineData("anna ALL=ALL\nanna lab2=!ALL", "anna"), InlineData("anna ALL=NOTAFTER=20200101000000Z ALL", "")]
    public async Task The_last_rule_that_speaks_of_it_decides(string sudoers, string expected) =>
        Assert.Equal(expected, await _machine.AdministratorsAsync(sudoers + "\n"));

    [Theory]
    [InlineData("anna ALL=ALL", false), InlineData("anna ALL=NOPASSWD: ALL", true), InlineData("Defaults !authenticate\nanna ALL=ALL", true), InlineData("Defaults !authenticate\nanna ALL=PASSWD: ALL", false)]
    [InlineData("Defaults:anna !authenticate\nanna ALL=ALL", true), InlineData("Defaults:bob !authenticate\nanna ALL=ALL", false), InlineData("Defaults:%ops !authenticate\nDefaults authenticate\nanna ALL=ALL", false)]
    [InlineData("anna ALL=ALL\n%sudo ALL=NOPASSWD: ALL", true), InlineData("anna ALL=NOPASSWD: ALL\n%sudo ALL=ALL", false)]
    public async Task Whether_a_password_is_asked_follows_tags_then_settings(string sudoers, bool expected)
    {
        _machine.Sudoers(sudoers + "\n");

        Assert.Equal(expected, (await _machine.ReadAsync()).FullAdministrators.Single(one => one.Name == "anna").NoPassword);
    }

    [Theory]
    [InlineData("anna ALL=ALL", false), InlineData("anna ALL=ALL, !/bin/su", true), InlineData("anna ALL=!/bin/su, ALL", false), InlineData("anna ALL=ALL\nanna ALL=!/bin/su", true)]
    public async Task Exceptions_are_told_and_do_not_undo_it(string sudoers, bool expected)
    {
        _machine.Sudoers(sudoers + "\n");

        Assert.Equal(expected, Assert.Single((await _machine.ReadAsync()).FullAdministrators).WithExceptions);
    }

    [Fact]
    public async Task A_group_that_means_administration_says_whether_a_rule_stands_behind_it()
    {
        _machine.Sudoers("%ops ALL=ALL\n%ghosts ALL=ALL\n").With("etc/group", "wheel:x:10:cleo\nops:x:50:cleo,anna,nobody\nsudo:x:27:\n");

        Assert.Equal(
            [
                new AdminGroup { Name = "ghosts", FullGrant = true, Path = "/etc/sudoers", Line = 2 },
                new AdminGroup { Name = "ops", Gid = 50, FullGrant = true, Path = "/etc/sudoers", Line = 1, Members = { "anna", "cleo" } },
                new AdminGroup { Name = "sudo", Gid = 27, Members = { "bob" } },
                new AdminGroup { Name = "wheel", Gid = 10, Members = { "cleo" } },
            ],
            (await _machine.ReadAsync()).Groups);
    }

    [Fact]
    public async Task Ten_thousand_people_take_no_time_worth_speaking_of()
    {
        _machine.Sudoers("%sudo ALL=ALL\n")
            .With("etc/passwd", string.Concat(Enumerable.Range(1000, 10_000).Select(i => $"u{i}:x:{i}:100::/:/bin/sh\n")))
            .With("etc/group", $"sudo:x:27:{string.Join(',', Enumerable.Range(1000, 10_000).Select(i => $"u{i}"))}\n");

        var fact = await _machine.ReadAsync();

        Assert.Equal((500, 200), (fact.FullAdministrators.Count, Assert.Single(fact.Groups).Members.Count));
        Assert.Contains(fact.Unseen, unseen => unseen.Why == "only the first 500 administrators are listed");
    }
}
