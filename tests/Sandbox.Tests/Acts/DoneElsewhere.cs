using System.Diagnostics;
using System.Globalization;
using Sandbox.Agent.Acts.Accounts;
using Sandbox.Agent.Acts.Audit;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Tests.Acts;

/// <summary>Acts of containers and chroots: the same kernel hears the same tools, and nobody of this machine is to be named by them.</summary>
public sealed class DoneElsewhere : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly ActMachine _machine = ActMachine.Started();
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    public DoneElsewhere() => _machine.Files.With("etc/passwd", "root:x:0:0::/:/bin/sh\ncloudsdk:x:1000:1000::/:/bin/sh\n").With("etc/shadow", "root:*:1::::::\n").With("etc/group", "root:x:0:\n");

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("ADD_USER", "op=adding user id=1000"), InlineData("ADD_GROUP", "op=adding group acct=\"cloudsdk\""), InlineData("USER_CHAUTHTOK", "op=PAM:chauthtok acct=\"cloudsdk\"")]
    [InlineData("DEL_USER", "op=deleting user entries id=1000"), InlineData("USER_CHAUTHTOK", "op=adding user to group acct=\"cloudsdk\"")]
    public void What_the_files_know_nothing_of_is_nobodys_and_names_no_account(string type, string said)
    {
        _machine.Time.SetUtcNow(_now + (2 * Hour));
        _machine.Append(ActMachine.Audit, Record(_now + Hour, type, said));

        var act = Assert.Single(_machine.Run());

        Assert.Equal((Action.Elsewhere, Method.None), (act.Action, act.Method));
        Assert.Equal((0, false, false), (act.Objects.Count, act.Actor.HasOsName, act.Actor.HasLoginUid));
        Assert.DoesNotContain("cloudsdk", act.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ADD_USER", "op=adding user id=1002", Action.AddAccount), InlineData("USER_CHAUTHTOK", "op=PAM:chauthtok acct=\"cloudsdk\"", Action.ChangePassword)]
    [InlineData("USER_CHAUTHTOK", "op=adding user to group acct=\"cloudsdk\"", Action.AddMember)]
    public void What_changed_the_files_at_that_moment_is_this_machines(string type, string said, Action action)
    {
        _machine.Time.SetUtcNow(_now + Hour);
        _machine.Append(ActMachine.Audit, Record(_now, type, said));

        var act = Assert.Single(_machine.Run());

        Assert.Equal((action, Method.A1), (act.Action, act.Method));
    }

    [Fact]
    public void What_was_read_late_and_is_hidden_by_a_later_change_is_not_doubted()
    {
        _machine.Time.SetUtcNow(_now + Hour);
        _machine.Append(ActMachine.Audit, Record(_now - Hour, "USER_CHAUTHTOK", "op=PAM:chauthtok acct=\"cloudsdk\""));

        Assert.Equal((Action.ChangePassword, Method.A1), Assert.Single(_machine.Run()) is var act ? (act.Action, act.Method) : default);
    }

    [Fact]
    public void An_act_is_told_when_the_files_have_had_their_time_even_after_a_restart()
    {
        _machine.Time.SetUtcNow(_now + Hour + TimeSpan.FromSeconds(1));
        _machine.Append(ActMachine.Audit, Record(_now + Hour, "ADD_USER", "op=adding user id=1002"));
        var first = _machine.Run();
        _machine.Restart();
        _machine.Time.Advance(TimeSpan.FromSeconds(5));

        var second = _machine.Run();

        Assert.Empty(first);
        Assert.Equal(Action.Elsewhere, Assert.Single(second).Action);
        Assert.Empty(_machine.Run());
    }

    [Fact]
    public void What_failed_changed_nothing_and_is_told_at_once()
    {
        _machine.Time.SetUtcNow(_now + Hour);
        _machine.Append(ActMachine.Audit, Record(_now + Hour, "ADD_USER", "op=adding user id=1002").Replace("success", "failed", StringComparison.Ordinal));

        Assert.Equal((Action.AddAccount, Result.Failure), Assert.Single(_machine.Run()) is var act ? (act.Action, act.Result) : default);
    }

    [Fact]
    public void What_a_process_in_another_root_did_is_not_this_machines_though_its_files_changed()
    {
        _machine.Time.SetUtcNow(_now + Hour);
        var line = Record(_now, "ADD_USER", "op=adding user id=1000").TrimEnd() + $"\u001d{AuditNames.System}={AuditNames.Other}";
        _machine.Heard.Add(System.Text.Encoding.UTF8.GetBytes(line));
        _machine.Heard.Add(System.Text.Encoding.UTF8.GetBytes(Record(_now, "ADD_USER", "op=adding home directory id=1000", 8).TrimEnd()));

        var act = Assert.Single(_machine.Run());

        Assert.Equal((Action.Elsewhere, 2u, 0), (act.Action, act.RecordCount, act.Objects.Count));
    }

    [Theory, InlineData("written by /usr/bin/logger of uid 1000, not by useradd", true), InlineData("nobody logged in to the session it was done in", false)]
    public void A_line_that_somebody_made_up_stays_what_it_is(string reason, bool isHere)
    {
        var files = new AccountFiles(new RootFolder(_machine.Files.Root), _machine.Time);
        files.Look();
        _machine.Time.SetUtcNow(_now + (2 * Hour));
        files.Look();
        var act = new AdminAct { Action = Action.AddAccount, Method = Method.None, MethodReason = reason, Records = { new ActRecord { OccurredAt = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(_now + Hour) } } };

        Assert.Equal(isHere ? Whereabout.Here : Whereabout.Elsewhere, new Whereabouts(files).Of(act, _now + (2 * Hour)));
    }

    [Fact]
    public async Task The_root_of_a_process_is_told_as_long_as_it_lives()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/usr/bin/perl"), "chroot needs root, and the test perl");
        using var inside = Process.Start(new ProcessStartInfo("/usr/bin/perl", ["-e", "$| = 1; chroot($ARGV[0]); print \"in\\n\"; sleep 60", _machine.Files.Root]) { RedirectStandardOutput = true })!;
        await inside.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        var system = new RootFolder("/");

        Assert.True(ProcessRoot.IsOther(system, (uint)inside.Id));
        Assert.False(ProcessRoot.IsOther(system, (uint)Environment.ProcessId));
        Assert.Null(ProcessRoot.IsOther(new RootFolder(_machine.Files.Root), (uint)inside.Id));
        inside.Kill();
        await inside.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Null(ProcessRoot.IsOther(system, (uint)inside.Id));
    }

    private static string Record(DateTimeOffset at, string type, string said, int serial = 7) => string.Create(CultureInfo.InvariantCulture,
        $"type={type} msg=audit({at.ToUnixTimeMilliseconds() / 1000m:F3}:{serial}): pid=77 uid=0 auid=1000 ses=4 msg='{said} exe=\"/usr/sbin/{(type == "USER_CHAUTHTOK" ? "usermod" : "useradd")}\" hostname=? addr=? terminal=? res=success'\n");
}
