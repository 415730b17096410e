using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sandbox.Protocol;
using static Sandbox.Protocol.SudoGrant.Types;

namespace Sandbox.Tests.SudoRights;

/// <summary>What Debian's own sudo makes of the same text: <c>cvtsudoers</c> and <c>visudo -c</c>.</summary>
[SupportedOSPlatform("linux")]
public sealed class RealSudo : IDisposable
{
    private readonly SudoMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("root ALL=(ALL:ALL) ALL\n%sudo ALL=(ALL:ALL) ALL\n")]
    [InlineData("bob ALL = NOPASSWD: /bin/ls -l, PASSWD: /bin/sh, !/bin/su : host2 = /bin/cat\n")]
    [InlineData("carl ALL = (root:adm) NOPASSWD: ALL, (www) /bin/a\ndora ALL = (:adm) /bin/a\n")]
    [InlineData("\"d e\" ALL = ALL\n%:dom\\ users ALL = ALL\n#1001 ALL=ALL#no comment but this\n%#27 ALL=ALL\n")]
    [InlineData("eve ALL = /bin/sh -c \"a # b\", /bin/su\nfay ALL = \\\n   NOPASSWD: \\\n   ALL\n")]
    [InlineData("hal ALL = ^/usr/bin/(a|b)$ ^x,y$, /bin/su\nida fe80::1/64 = ALL\njim ALL = NOPASSWD:ALL:h2=/bin/x\n")]
    [InlineData("mia,!nat ALL, !h3 = list, sudoedit /etc/x, ^/bin/z$\nole ALL=/opt/a\\:b x\\,y, /opt/c/\n+ng ALL=ALL\n")]
    [InlineData("# comment \\\npia ALL=ALL\nruth ALL=NOEXEC:SETENV:/bin/vi\nDefaultsabc logfile=/x\n")]
    public async Task Our_grants_are_those_of_cvtsudoers(string text)
    {
        RequireSudo();
        _machine.Sudoers(text);
        using var theirs = JsonDocument.Parse(await RunAsync("cvtsudoers", "-f", "json", _machine.Files.At("etc/sudoers")));

        var ours = (await _machine.ReadAsync()).Grants;

        Assert.Equal(Rows(theirs.RootElement).Order(StringComparer.Ordinal), ours.Select(Row).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Visudo_reads_the_files_that_we_read()
    {
        RequireSudo();
        _machine.Sudoers($"@includedir {_machine.Files.At("etc/sudoers.d")}\n");
        string[] names = ["lab", "10-lab", "#lab#", "lab.conf", "lab~", ".lab", "README"];
        foreach (var name in names) _machine.With($"etc/sudoers.d/{name}", "# nothing\n");
        var words = await RunAsync("visudo", "-c", "-f", _machine.Files.At("etc/sudoers"));
        _machine.Sudoers("@includedir /etc/sudoers.d\n");

        var ours = (await _machine.ReadAsync()).Files;

        var theirs = words.Split('\n').Where(line => line.EndsWith(": parsed OK", StringComparison.Ordinal)).Select(line => line[_machine.Root.Length..^": parsed OK".Length]);
        Assert.Equal(theirs.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("foo bar baz\nanna ALL=ALL\nbob ALL = ls\ncleo ALL=/bin/ls : other\n"), InlineData("User_Alias a = b\nUser_Alias A = b\nUser_Alias A = c\nDefaults x!y\nDefaults env_keep=a b\n@include\n")]
    [InlineData("a!b ALL=ALL\nA=ALL\nanna ALL=(bob)\nanna ALL=ALL foo\nanna ALL=ALL\n"), InlineData("# fine\nDefaults use_pty\nanna ALL = NOPASSWD : ALL\nCmd_Alias X = /bin/x\nbob ALL=X\n")]
    [InlineData("Defaults \"\"\nDefaults \"use_pty\"\nDefaults passprompt=\"\"\nDefaults passprompt=\nDefaults:\"\" use_pty\nDefaults !\"\"\nDefaults +\nDefaults:\"anna\" use_pty\n")]
    [InlineData("\"\" ALL=ALL\n%\"\" ALL=ALL\n\"%\" ALL=ALL\n% ALL=ALL\n%: ALL=ALL\n+ ALL=ALL\n\"anna\" ALL=ALL\nbob \"\"=ALL\nbob ALL=(\"\") ALL\nUser_Alias A=\"\"\nbob ALL=CWD=\"\" ALL\n")]
    public async Task We_find_fault_with_the_lines_that_visudo_does(string text)
    {
        RequireSudo();
        _machine.Sudoers(text);
        var words = await RunAsync("visudo", "-c", "-f", _machine.Files.At("etc/sudoers"));

        var ours = (await _machine.ReadAsync()).Unseen.Where(unseen => unseen.What == "/etc/sudoers").Select(unseen => int.Parse(unseen.Why.Split(' ')[1]));

        Assert.Equal(Regex.Matches(words, "sudoers:([0-9]+):[0-9]+: ").Select(match => int.Parse(match.Groups[1].Value)).Distinct().Order(), ours.Order());
    }

    /// <summary>In a mount namespace of its own, the files of the test lie over /etc/sudoers, /etc/passwd and /etc/group.</summary>
    [Theory]
    [InlineData("%sudo ALL=(ALL:ALL) ALL\n"), InlineData("ALL, !bob ALL=ALL\n"), InlineData("!bob, ALL ALL=ALL\n"), InlineData("User_Alias A = ALL, !anna\n%ops, A ALL=ALL\n"), InlineData("anna ALL=ALL\n%ops ALL=!ALL\ncleo ALL=(bob) ALL\n")]
    [InlineData("anna HOST=ALL\nbob ALL, !HOST=ALL\ncleo other=ALL\n"), InlineData("anna ALL=(:ops) ALL\nbob ALL=(ALL, !root) ALL\ncleo ALL=(#0) ALL\n"), InlineData("anna ALL=ALL : bob\nbob ALL=ALL foo\ncleo ALL=ALL, ls\n")]
    [InlineData("#1000 ALL=ALL\n%#27 ALL=ALL, !/bin/su\ncleo ALL=/bin/, /usr/bin/id\n"), InlineData("User_Alias A = !anna\nbob, !A ALL=ALL\nRunas_Alias R = bob, root\ncleo ALL=(R) ALL\n"), InlineData("anna ALL=NOTAFTER=20200101000000Z ALL\nbob ALL=!ALL, ALL\ncleo ALL=ALL, !ALL\n")]
    public async Task Full_administrators_are_those_whom_sudo_lets_run_anything(string text)
    {
        RequireSudo();
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root may lay the files of a test over those of the system.");
        _machine.With("etc/hostname", Environment.MachineName + "\n").Sudoers(text.Replace("HOST", Environment.MachineName, StringComparison.Ordinal));
        const string Ask = "for f in sudoers passwd group; do mount --bind \"$0/etc/$f\" /etc/$f || exit 1; done; for u in anna bob cleo; do sudo -n -l -U $u /usr/sbin/visudo >/dev/null 2>&1 && echo $u; done; true";
        File.SetUnixFileMode(_machine.Files.At("etc/sudoers"), UnixFileMode.UserRead);
        var theirs = await RunAsync("unshare", "-m", "sh", "-c", Ask, _machine.Root);

        var ours = (await _machine.ReadAsync()).FullAdministrators;

        Assert.Equal(theirs.Split('\n', StringSplitOptions.RemoveEmptyEntries), ours.Select(one => one.Name));
    }

    private static void RequireSudo() =>
        Assert.SkipWhen(!File.Exists("/usr/bin/cvtsudoers"), "Debian's sudo is not installed here. Type: sudo apt-get install sudo");

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(File.Exists($"/usr/sbin/{program}") ? $"/usr/sbin/{program}" : $"/usr/bin/{program}", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        return output + (program == "visudo" ? await errors : "");
    }

    // One line per user and run of commands, in our words.
    private static IEnumerable<string> Rows(JsonElement sudoers)
    {
        foreach (var rule in Array(sudoers, "User_Specs"))
        {
            foreach (var user in Array(rule, "User_List"))
            {
                foreach (var commands in Array(rule, "Cmnd_Specs"))
                {
                    var paths = Array(commands, "Commands").Select(one => (Not: Negated(one), Path: Argument(one))).ToList();
                    yield return string.Join('|',
                        Named(user), Negated(user), string.Join(',', Array(rule, "Host_List").Select(Host)), string.Join(',', Array(commands, "runasusers").Select(Named)),
                        string.Join(',', Array(commands, "runasgroups").Select(one => Named(one).TrimStart('%'))), string.Join(',', paths.Where(one => !one.Not).Select(one => one.Path)),
                        string.Join(',', paths.Where(one => one.Not).Select(one => one.Path)), Option(commands, "authenticate") == false, Option(commands, "setenv") == true, Option(commands, "noexec") == true);
                }
            }
        }
    }

    private static string Row(SudoGrant grant) => string.Join('|',
        grant.WhoKind switch { Who.Group => "%", Who.Uid => "#", Who.Gid => "%#", Who.Netgroup => "+", Who.OtherGroup => "%:", Who.Everybody => "ALL", _ => "" } + grant.Who,
        grant.Excluded, grant.EveryHost ? "ALL" : string.Join(',', grant.Hosts), string.Join(',', grant.AsUsers), string.Join(',', grant.AsGroups),
        string.Join(',', (grant.AllCommands ? ["ALL"] : Enumerable.Empty<string>()).Concat(grant.Commands)), string.Join(',', grant.Forbidden), grant.NoPassword, grant.SetEnvironment, grant.NoExec);

    private static JsonElement.ArrayEnumerator Array(JsonElement element, string name) => element.TryGetProperty(name, out var found) ? found.EnumerateArray() : default;

    private static bool Negated(JsonElement one) => one.TryGetProperty("negated", out var not) && not.GetBoolean();

    private static string Host(JsonElement one) => (Negated(one) ? "!" : "") + one.EnumerateObject().First().Value.GetString();

    private static string Named(JsonElement one)
    {
        var property = one.EnumerateObject().First();
        return property.Name switch { "usergroup" => "%", "userid" => "#", "usergid" => "%#", "netgroup" => "+", "nonunixgroup" => "%:", _ => "" } + property.Value;
    }

    private static string Argument(JsonElement one) => one.EnumerateObject().First().Value.GetString()!.Split(' ')[0].Replace("\\:", ":");

    private static bool? Option(JsonElement commands, string name) => Array(commands, "Options").Where(one => one.TryGetProperty(name, out _)).Select(one => (bool?)one.GetProperty(name).GetBoolean()).LastOrDefault();
}
