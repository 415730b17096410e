using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Acts.Accounts;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Tests.Acts;

/// <summary>Whose number it was when it was done, though others have it later: recorded of shadow 4.13 on Debian 12.</summary>
public sealed class NamesOfThatMoment : IDisposable
{
    private readonly ActMachine _machine = ActMachine.Started();
    private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_number_that_is_used_again_gives_each_act_its_own_account()
    {
        foreach (var line in File.ReadLines(ActMachine.Recorded("reused.log"))) _machine.Append(ActMachine.Audit, line + "\n");

        var acts = _machine.RunAll();

        Assert.Equal(
            ["AddAccount uaa/1001", "RemoveAccount uaa/1001", "AddAccount ubb/1001", "RemoveAccount ubb/1001", "AddAccount ucc/1001"],
            acts.Select(act => $"{act.Action} {string.Join(' ', act.Objects.Where(done => done.Kind == "account").Select(done => $"{done.Name}/{done.Id}"))}"));
    }

    [Fact]
    public void What_auditd_looked_up_too_early_or_too_late_is_no_second_account()
    {
        _machine.Append(ActMachine.Audit, File.ReadAllText(ActMachine.Recorded("reused.log")).Replace("'\n", "'\u001dUID=\"root\" AUID=\"unset\" ID=\"uaa\"\n", StringComparison.Ordinal));

        var acts = _machine.RunAll();

        Assert.Equal(["uaa", "uaa", "ubb", "ubb", "ucc"], acts.Select(act => Assert.Single(act.Objects, done => done.Kind == "account").Name));
    }

    [Fact]
    public void A_number_that_nobody_can_name_stays_a_number()
    {
        Passwd("root:x:0:0::/:/bin/sh\nother:x:1002:1002::/:/bin/sh\n");
        _machine.Append(ActMachine.Audit, Record(_start.AddHours(-1), 7, "ADD_USER", "op=adding user id=1002"));

        var done = Assert.Single(Assert.Single(_machine.RunAll()).Objects);

        Assert.Equal(("1002", false), (done.Id, done.HasName));
    }

    [Fact]
    public void A_file_that_did_not_change_since_names_the_number_and_the_person()
    {
        Passwd("root:x:0:0::/:/bin/sh\nelif:x:1001:1001::/:/bin/sh\nbob:x:1002:1002::/:/bin/sh\n");
        _machine.Time.SetUtcNow(_start.AddHours(1));
        var files = new AccountFiles(new RootFolder(_machine.Files.Root), _machine.Time);
        files.Look();
        var act = new AdminAct
        {
            Action = Action.ChangeAgeing,
            OccurredAt = Timestamp.FromDateTimeOffset(_start.AddMinutes(30)),
            Actor = new Actor { LoginUid = 1001 },
            Objects = { new ActObject { Kind = "account", Id = "1002" } },
        };

        files.Name(act);

        Assert.Equal(("elif", "bob"), (act.Actor.OsName, act.Objects[0].Name));
    }

    [Fact]
    public void A_file_that_changed_since_names_neither()
    {
        Passwd("root:x:0:0::/:/bin/sh\nelif:x:1001:1001::/:/bin/sh\nbob:x:1002:1002::/:/bin/sh\n");
        _machine.Append(ActMachine.Audit, Record(_start.AddHours(-1), 7, "USER_CHAUTHTOK", "op=change max age id=1002"));

        var act = Assert.Single(_machine.RunAll());

        Assert.Equal((false, 1001u, false), (act.Actor.HasOsName, act.Actor.LoginUid, act.Objects[0].HasName));
    }

    [Fact]
    public async Task Who_had_the_number_before_and_after_did_it()
    {
        Passwd("root:x:0:0::/:/bin/sh\nelif:x:1001:1001::/:/bin/sh\n");
        var files = new AccountFiles(new RootFolder(_machine.Files.Root), TimeProvider.System);
        files.Look();
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        var between = TimeProvider.System.GetUtcNow();
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        _machine.Files.Replace("etc/passwd", "root:x:0:0::/:/bin/sh\nelif:x:1001:1001::/:/bin/sh\nbob:x:1002:1002::/:/bin/sh\n");
        files.Look();

        Assert.Equal(("elif", null), (files.Person(1001, between), files.Person(1002, between)));
    }

    [Theory]
    [InlineData("elif:x:1001:1001::/:/bin/sh\n", "", "ADD_USER", "op=adding user")]
    [InlineData("", "elif:x:1001:1001::/:/bin/sh\n", "DEL_USER", "op=deleting user entries")]
    public void Without_a_group_of_its_own_an_account_is_named_by_the_one_change_that_its_record_announced(string after, string before, string type, string op)
    {
        Passwd("root:x:0:0::/:/bin/sh\n" + after);
        WriteBackup("etc/passwd-", "root:x:0:0::/:/bin/sh\n" + before, _start.AddMinutes(-5));
        _machine.Append(ActMachine.Audit, Record(_start.AddMilliseconds(-5), 7, type, $"{op} id=1001"));

        Assert.Equal("elif", Assert.Single(Assert.Single(Now()).Objects).Name);
    }

    [Fact]
    public void Of_two_changes_within_a_moment_the_second_names_nothing_that_the_first_may_have_done()
    {
        Passwd("root:x:0:0::/:/bin/sh\nubb:x:1001:1001::/:/bin/sh\n");
        WriteBackup("etc/passwd-", "root:x:0:0::/:/bin/sh\n", _start);
        _machine.Append(ActMachine.Audit, Record(_start.AddMilliseconds(-100), 7, "ADD_USER", "op=adding user id=1001"));

        Assert.False(Assert.Single(Assert.Single(Now()).Objects).HasName);
    }

    [Fact]
    public void A_group_that_is_gone_is_named_by_what_was_put_away()
    {
        _machine.Files.With("etc/group", "root:x:0:\n");
        WriteBackup("etc/group-", "root:x:0:\nlab:x:1003:\n", _start.AddMinutes(-5));
        _machine.Append(ActMachine.Audit, Record(TimeProvider.System.GetUtcNow(), 7, "DEL_GROUP", "op=removing group from /etc/group id=1003"));

        Assert.Equal("lab", Assert.Single(Assert.Single(Now()).Objects).Name);
    }

    [Fact]
    public void A_member_has_the_group_that_the_file_gained()
    {
        _machine.Files.With("etc/group", "root:x:0:\nlab:x:1003:bob\naudio:x:29:bob\n");
        WriteBackup("etc/group-", "root:x:0:\nlab:x:1003:\naudio:x:29:bob\n", _start.AddMinutes(-5));
        _machine.Append(ActMachine.Audit, Record(_start.AddMilliseconds(-5), 7, "USER_CHAUTHTOK", "op=adding user to group acct=\"bob\"", "usermod"));

        Assert.Equal("lab", Assert.Single(Assert.Single(Now()).Objects).Detail);
    }

    private List<AdminAct> Now()
    {
        _machine.Time.SetUtcNow(TimeProvider.System.GetUtcNow().AddMilliseconds(50));
        return _machine.RunAll();
    }

    // ctime is the kernel's: the backup is written a moment before, as the tools do.
    private void Passwd(string text) => _machine.Files.With("etc/passwd", text);

    private void WriteBackup(string path, string text, DateTimeOffset written)
    {
        var current = File.ReadAllText(_machine.Files.At(path[..^1]));
        _machine.Files.With(path, text);
        File.SetLastWriteTimeUtc(_machine.Files.At(path), written.UtcDateTime);
        _machine.Files.Replace(path[..^1], current);
    }

    private static string Record(DateTimeOffset at, int serial, string type, string said, string program = "useradd") => string.Create(CultureInfo.InvariantCulture,
        $"type={type} msg=audit({at.ToUnixTimeMilliseconds() / 1000m:F3}:{serial}): pid=77 uid=0 auid=1001 ses=4 msg='{said} exe=\"/usr/sbin/{program}\" hostname=? addr=? terminal=? res=success'\n");
}
