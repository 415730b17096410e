using Sandbox.Protocol;

namespace Sandbox.Tests.SudoRights;

public sealed class SudoersReading : IDisposable
{
    private readonly SudoMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("lab", true), InlineData("10-lab", true), InlineData("#lab#", true), InlineData("lab.conf", false), InlineData("lab~", false), InlineData(".lab", false), InlineData("lab.dpkg-old", false)]
    public async Task Names_with_a_dot_or_a_tilde_at_the_end_are_passed_by(string name, bool read)
    {
        _machine.Sudoers("@includedir /etc/sudoers.d\n").With($"etc/sudoers.d/{name}", "anna ALL=ALL\n");

        Assert.Equal(read, (await _machine.ReadAsync()).FullAdministrators.Count == 1);
    }

    [Theory]
    [InlineData("#include /etc/more", true), InlineData("@include /etc/more", true), InlineData("@include more", true), InlineData("@include \"/etc/more\"", true), InlineData("@include /etc/mo%h", true)]
    [InlineData("  @include /etc/more", true), InlineData("  #include /etc/more", false), InlineData("#includedir /etc/sudoers.d", true), InlineData("#includes /etc/more", false), InlineData("@include /etc/more # why", true)]
    public async Task Includes_are_read_as_sudo_reads_them(string line, bool read)
    {
        _machine.Sudoers(line + "\n").With("etc/more", "anna ALL=ALL\n").With("etc/molab1", "anna ALL=ALL\n").With("etc/sudoers.d/x", "anna ALL=ALL\n");

        Assert.Equal(read, (await _machine.ReadAsync()).FullAdministrators.Count == 1);
    }

    [Fact]
    public async Task Files_are_read_where_they_are_included()
    {
        _machine.Sudoers("anna ALL=ALL\n@includedir /etc/sudoers.d\nbob ALL=!ALL\n").With("etc/sudoers.d/b", "bob ALL=ALL\n").With("etc/sudoers.d/a", "anna ALL=!ALL\n");

        var fact = await _machine.ReadAsync();

        Assert.Equal(["/etc/sudoers", "/etc/sudoers.d/a", "/etc/sudoers.d/b"], fact.Files);
        Assert.Empty(fact.FullAdministrators);
        Assert.Equal(["anna 1", "anna 1", "bob 1", "bob 3"], fact.Grants.Select(grant => $"{grant.Who} {grant.Line}"));
    }

    [Theory]
    [InlineData("anna ALL = \\\n  NOPASSWD: \\\n  ALL\nbob ALL=ALL\n", 1u, 4u), InlineData("# a comment \\\nanna ALL=ALL\nbob ALL=ALL # why\n", 2u, 3u), InlineData("\n\r\nanna ALL = \\\r\nALL\nbob ALL=ALL", 3u, 5u)]
    public async Task A_rule_has_the_number_of_its_first_line(string text, uint anna, uint bob)
    {
        _machine.Sudoers(text);

        Assert.Equal([anna, bob], (await _machine.ReadAsync()).FullAdministrators.Select(one => one.Line));
    }

    [Theory]
    [InlineData("foo bar baz"), InlineData("anna ALL = ls"), InlineData("User_Alias lower = anna"), InlineData("User_Alias A = anna\nUser_Alias A = bob"), InlineData("anna ALL=/bin/ls : bob"), InlineData("anna ALL=(bob)")]
    [InlineData("Defaults x!y"), InlineData("Defaults env_keep=a b"), InlineData("@include"), InlineData("@i"), InlineData("@inc /etc/more"), InlineData("Cmnd_Alias"), InlineData("a!b ALL=ALL"), InlineData("A=ALL"), InlineData("anna ALL="), InlineData("\"anna ALL=ALL"), InlineData("Defaults logfile=\"/x")]
    public async Task A_line_that_sudo_leaves_out_is_named_and_the_others_count(string text)
    {
        _machine.Sudoers($"{text}\ncleo ALL=ALL\n");

        var fact = await _machine.ReadAsync();

        Assert.Equal("cleo", Assert.Single(fact.FullAdministrators).Name);
        Assert.Contains(fact.Unseen, unseen => unseen is { What: "/etc/sudoers", Remedy: "Find the fault: sudo visudo -c" } && unseen.Why.StartsWith($"line {text.Count(c => c == '\n') + 1} is no line", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_includes_itself_is_read_once()
    {
        _machine.Sudoers("@include /etc/more\nanna ALL=ALL\n").With("etc/more", "@include /etc/sudoers\nbob ALL=ALL\n");

        var fact = await _machine.ReadAsync();

        Assert.Equal(["anna", "bob"], fact.FullAdministrators.Select(one => one.Name));
        Assert.Contains(fact.Unseen, unseen => unseen.Why == "it includes itself");
    }

    [Fact]
    public async Task A_machine_without_sudo_has_no_rights_to_tell_and_nothing_unseen()
    {
        using var machine = new Sandbox.Tests.Collecting.MachineFiles().WithFolder("usr/bin");

        var fact = Assert.Single(await new Sandbox.Agent.AdminRights.LinuxAdminRights(machine.Root).CollectAsync(TestContext.Current.CancellationToken)).AdminRights;

        Assert.Equal(new AdminRights { SudoInstalled = false }, fact);
    }

    [Fact]
    public async Task Sudo_without_its_file_says_so()
    {
        var fact = await _machine.ReadAsync();

        Assert.True(fact.SudoInstalled);
        Assert.Contains(fact.Unseen, unseen => unseen is { What: "/etc/sudoers", Why: "not present" });
    }

    [Fact]
    public async Task A_file_that_only_root_may_read_is_unseen_with_the_remedy()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "Root may read every file; run the tests as a plain user to see this one.");
        _machine.Sudoers("anna ALL=ALL\n");
        if (!System.OperatingSystem.IsWindows()) File.SetUnixFileMode(_machine.Files.At("etc/sudoers"), UnixFileMode.None);

        Assert.Contains((await _machine.ReadAsync()).Unseen, unseen => unseen is { What: "/etc/sudoers", Why: "permission denied", HasRemedy: true });
    }

    [Fact]
    public async Task Rules_kept_elsewhere_are_named()
    {
        _machine.Sudoers("").With("etc/nsswitch.conf", "passwd: files sss\nsudoers: files [SUCCESS=return] sss ldap # two\n").With("etc/doas.conf", "permit anna\n");

        var fact = await _machine.ReadAsync();

        Assert.Equal(["sss", "ldap"], fact.Directories);
        Assert.Contains(fact.Unseen, unseen => unseen.What == "/etc/doas.conf");
    }

    [Fact]
    public async Task Polkit_files_tell_whom_their_text_names()
    {
        _machine.Sudoers("")
            .With("usr/share/polkit-1/rules.d/50-default.rules", "polkit.addAdminRule(function(action, subject) {\n    return [\"unix-group:sudo\", 'unix-user:0'];\n});\n")
            .With("etc/polkit-1/rules.d/10-other.rules", "polkit.addRule(function(a, s) { return \"unix-user:anna\"; });\n")
            .With("etc/polkit-1/localauthority.conf.d/51-lab.conf", "[Configuration]\nAdminIdentities=unix-user:bob;unix-group:lab admins\n");

        Assert.Equal(
            [
                new PolkitFile { Path = "/etc/polkit-1/localauthority.conf.d/51-lab.conf", Identities = { "unix-group:lab", "unix-user:bob" } },
                new PolkitFile { Path = "/usr/share/polkit-1/rules.d/50-default.rules", Identities = { "unix-group:sudo", "unix-user:0" } },
            ],
            (await _machine.ReadAsync()).PolkitFiles);
    }

    [Fact]
    public async Task The_same_files_give_the_same_bytes()
    {
        _machine.Sudoers("%sudo ALL=ALL\nDefaults use_pty\n");

        Assert.Equal(await _machine.ReadAsync(), await _machine.ReadAsync());
    }
}
