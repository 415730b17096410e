using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Tests.Acts;

/// <summary>What belongs together, what does not, and what was no person.</summary>
public sealed class Correlations : IDisposable
{
    private readonly ActMachine _machine = ActMachine.Started();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_better_record_that_comes_later_takes_the_place_of_what_was_said()
    {
        _machine.Append(ActMachine.Auth, Sudo("22:19:00", "/usr/sbin/useradd bob"));
        var first = Assert.Single(_machine.Run());
        _machine.Append(ActMachine.Audit, Cmd(1, "useradd bob"));

        var second = Assert.Single(_machine.Run());

        Assert.Equal((Method.A2, Method.A1), (first.Method, second.Method));
        Assert.Equal([first.Id], second.Replaces);
    }

    [Fact]
    public void It_does_so_after_a_restart_too()
    {
        _machine.Append(ActMachine.Auth, Sudo("22:19:00", "/usr/sbin/useradd bob"));
        var first = Assert.Single(_machine.Run());
        _machine.Restart();
        _machine.Append(ActMachine.Audit, Cmd(1, "useradd bob"));

        Assert.Equal([first.Id], Assert.Single(_machine.Run()).Replaces);
    }

    [Fact]
    public void A_weaker_record_that_comes_later_leaves_the_id_as_it_is()
    {
        _machine.Append(ActMachine.Audit, Cmd(1, "useradd bob"));
        var first = Assert.Single(_machine.Run());
        _machine.Append(ActMachine.Auth, Sudo("22:19:00", "/usr/sbin/useradd bob"));

        var second = Assert.Single(_machine.Run());

        Assert.Equal((first.Id, 2u), (second.Id, second.RecordCount));
    }

    [Fact]
    public void The_same_command_twice_is_two_acts()
    {
        _machine.Append(ActMachine.Auth, Sudo("22:19:00", "/usr/bin/true") + Sudo("22:19:01", "/usr/bin/true"));

        Assert.Equal(2, _machine.Run().Count);
    }

    [Fact]
    public void Commands_of_two_people_are_two_acts()
    {
        _machine.Append(ActMachine.Audit, Cmd(1, "useradd bob", session: 4) + Cmd(2, "useradd bob", session: 5));

        Assert.Equal(2, _machine.Run().Count);
    }

    [Fact]
    public void What_is_far_apart_is_two_acts()
    {
        _machine.Append(ActMachine.Auth, Sudo("22:19:00", "/usr/sbin/useradd bob") + FollowedLogs.Line("bob", "Nov 25 22:19:09"));

        Assert.Equal(2, _machine.Run().Count);
    }

    [Fact]
    public void A_line_about_another_account_is_not_the_commands_doing()
    {
        _machine.Append(ActMachine.Auth, Sudo("22:19:00", "/usr/sbin/useradd bob") + FollowedLogs.Line("eve"));

        Assert.Equal(2, _machine.Run().Count);
    }

    [Fact]
    public void Apt_through_sudo_is_one_act_of_the_person_with_its_packages()
    {
        _machine.Append(ActMachine.Auth, Sudo("22:19:00", "/usr/bin/apt install nmap"));
        var command = Assert.Single(_machine.Run());
        _machine.Append("var/log/apt/history.log", Stanza("22:19:40", "apt install nmap", "Requested-By: appr1 (1001)\n"));

        var act = Assert.Single(_machine.Run());

        Assert.Equal((Action.Install, Method.A2, "nmap"), (act.Action, act.Method, act.Objects[0].Name));
        Assert.Equal(command.Id, act.Id);
        Assert.Equal([Source.SudoText, Source.AptHistory], act.Records.Select(record => record.Source));
    }

    [Fact]
    public void Apt_alone_is_A4()
    {
        _machine.Append("var/log/apt/history.log", Stanza("22:19:40", "apt install nmap", "Requested-By: appr1 (1001)\n"));

        Assert.Equal(Method.A4, Assert.Single(_machine.Run()).Method);
    }

    [Fact]
    public void A_run_of_apt_is_told_when_it_is_over()
    {
        var stanza = Stanza("22:19:40", "apt install nmap", "");
        _machine.Append("var/log/apt/history.log", stanza[..80]);
        var during = _machine.Run();
        _machine.Append("var/log/apt/history.log", stanza[80..]);

        Assert.Empty(during);
        Assert.Single(_machine.Run());
    }

    [Fact]
    public void An_account_that_a_package_adds_is_automation_while_apt_runs()
    {
        _machine.Append("var/log/apt/history.log", Stanza("22:19:00", "apt install x", "")[..80]);
        _machine.Append(ActMachine.Audit, Record(3, "ADD_USER", "op=adding user id=1002 exe=\"/usr/sbin/useradd\""));

        Assert.Equal("inside an apt run", Assert.Single(_machine.Run()).Automation);
    }

    [Fact]
    public void An_account_that_a_person_adds_while_apt_runs_is_not()
    {
        _machine.Append("var/log/apt/history.log", Stanza("22:19:00", "apt install x", "")[..80]);
        _machine.Append(ActMachine.Audit, Cmd(1, "useradd bob") + Record(3, "ADD_USER", "op=adding user id=1002 exe=\"/usr/sbin/useradd\""));

        Assert.False(Assert.Single(_machine.Run()).HasAutomation);
    }

    [Theory]
    [InlineData("systemctl status nginx", "nginx", "SERVICE_START"), InlineData("systemctl restart nginx", "apt-daily", "SERVICE_START"), InlineData("systemctl list-units", "user@1000", "SERVICE_START")]
    [InlineData("systemctl stop nginx", "nginx", "SERVICE_START"), InlineData("systemctl start nginx", "nginx", "SERVICE_STOP"), InlineData("systemctl enable nginx", "nginx", "SERVICE_START")]
    public void What_systemd_does_by_itself_meanwhile_is_nobodys(string command, string unit, string type)
    {
        _machine.Append(ActMachine.Audit, Cmd(1, command)
            + $"type={type} msg=audit(1795645140.900:9): pid=1 uid=0 auid=4294967295 ses=4294967295 msg='unit={unit} comm=\"systemd\" exe=\"/usr/lib/systemd/systemd\" res=success'\n");

        var acts = _machine.Run();

        Assert.Equal([(Action.Run, Method.A1), (type == "SERVICE_START" ? Action.StartService : Action.StopService, Method.None)], acts.Select(act => (act.Action, act.Method)));
    }

    [Theory]
    [InlineData("systemctl enable --now nginx", "SERVICE_START", Action.StartService), InlineData("systemctl disable --now nginx.service", "SERVICE_STOP", Action.StopService)]
    [InlineData("service nginx stop", "SERVICE_STOP", Action.StopService)]
    public void What_systemd_was_told_to_do_is_the_persons_who_told_it(string command, string type, Action action)
    {
        _machine.Append(ActMachine.Audit, Cmd(1, command)
            + $"type={type} msg=audit(1795645140.900:9): pid=1 uid=0 auid=4294967295 ses=4294967295 msg='unit=nginx comm=\"systemd\" exe=\"/usr/lib/systemd/systemd\" res=success'\n");

        var act = Assert.Single(_machine.Run());

        Assert.Equal((Method.A1, action), (act.Method, act.Action));
    }

    [Fact]
    public void Of_two_printers_in_one_second_each_command_has_its_own()
    {
        _machine.Append(ActMachine.Audit, Cmd(1, "lpadmin -p office -E -v ipp://printer/ipp") + Cmd(2, "lpadmin -x old").Replace("140.497", "140.897", StringComparison.Ordinal));
        foreach (var operation in (string[])["CUPS-Add-Modify-Printer", "CUPS-Delete-Printer"])
            _machine.Append("var/log/cups/access_log", $"localhost - root [25/Nov/2026:22:19:00 +0000] \"POST /admin/ HTTP/1.1\" 200 246 {operation} successful-ok\n");

        Assert.Equal([(Action.ChangePrinter, "office"), (Action.RemovePrinter, "old")], _machine.Run().Select(act => (act.Action, act.Objects[0].Name)));
    }

    [Fact]
    public void What_another_does_at_CUPS_own_page_stays_hers()
    {
        _machine.Append(ActMachine.Audit, Cmd(1, "lpadmin -p office -E -v ipp://printer/ipp"));
        _machine.Append("var/log/cups/access_log", "localhost - bea [25/Nov/2026:22:19:00 +0000] \"POST /admin/ HTTP/1.1\" 200 246 CUPS-Add-Modify-Printer successful-ok\n");

        Assert.Equal([(Action.ChangePrinter, Method.A3), (Action.Run, Method.A1)], _machine.Run().Select(act => (act.Action, act.Method)));
    }

    [Fact]
    public void A_printer_is_named_by_the_command_for_CUPS_log_does_not()
    {
        _machine.Append(ActMachine.Audit, Cmd(1, "lpadmin -p office -E -v ipp://printer/ipp"));
        _machine.Append("var/log/cups/access_log", "localhost - root [25/Nov/2026:22:19:01 +0000] \"POST /admin/ HTTP/1.1\" 200 246 CUPS-Add-Modify-Printer successful-ok\n");

        var act = Assert.Single(_machine.Run());

        Assert.Equal((Action.ChangePrinter, Method.A1, "office"), (act.Action, act.Method, Assert.Single(act.Objects).Name));
    }

    [Theory]
    [InlineData("nmcli connection up Lab"), InlineData("nmcli device wifi connect Lab password secret99"), InlineData("nmtui")]
    public void A_connection_is_named_by_NetworkManagers_log_for_the_command_is_not_shown(string command)
    {
        _machine.Append(ActMachine.Audit, Cmd(1, command));
        _machine.Append(ActMachine.Auth, Connection(uid: 0));

        var act = Assert.Single(_machine.Run());

        Assert.Equal((Action.ChangeConnection, Method.A1, "Lab"), (act.Action, act.Method, Assert.Single(act.Objects).Name));
    }

    [Theory]
    [InlineData("nmcli connection show", 0), InlineData("nmcli device wifi list", 0), InlineData("nmcli connection up Lab", 1002)]
    public void What_only_looks_and_what_another_does_at_a_desktop_are_acts_of_their_own(string command, int uid)
    {
        _machine.Append(ActMachine.Audit, Cmd(1, command));
        _machine.Append(ActMachine.Auth, Connection(uid));

        Assert.Equal([Action.Run, Action.ChangeConnection], _machine.Run().Select(act => act.Action).Order());
    }

    // As auditd wrote it of `sudo su - -c 'usermod -c Newcomer bob'` and `sudo usermod -aG lab bob`, a second later.
    [Fact]
    public void What_was_done_before_a_command_is_not_what_the_command_did()
    {
        _machine.Append(ActMachine.Audit, Record(1, "USER_CHAUTHTOK", "op=changing comment acct=\"bob\" exe=\"/usr/sbin/usermod\"")
            + (Cmd(2, "usermod -aG lab bob") + Record(3, "USER_MGMT", "op=adding user to group grp=\"lab\" acct=\"bob\" exe=\"/usr/sbin/usermod\"")).Replace("140.497", "141.480", StringComparison.Ordinal));

        Assert.Equal([(Action.ChangeAccount, 1u), (Action.AddMember, 2u)], _machine.Run().Select(act => (act.Action, act.RecordCount)));
    }

    [Theory]
    [InlineData("usermod -aG lab bob", "adding user to group", "usermod", "lab"), InlineData("usermod -a -G lab,audio bob", "adding user to group", "usermod", "lab, audio")]
    [InlineData("adduser bob lab", "adding user to group", "usermod", "lab")]
    public void The_group_is_the_commands_where_the_record_names_none(string command, string op, string program, string group)
    {
        _machine.Append(ActMachine.Audit, Cmd(1, command) + Record(3, "USER_CHAUTHTOK", $"op={op} acct=\"bob\" exe=\"/usr/sbin/{program}\""));

        var act = Assert.Single(_machine.Run());

        Assert.Equal((Action.AddMember, "bob", group), (act.Action, act.Objects[0].Name, act.Objects[0].Detail));
    }

    [Fact]
    public void What_somebody_is_to_be_in_is_not_what_they_left()
    {
        _machine.Append(ActMachine.Audit, Cmd(1, "usermod -G lab bob") + Record(3, "USER_CHAUTHTOK", "op=removing user from group acct=\"bob\" exe=\"/usr/sbin/usermod\""));

        Assert.False(Assert.Single(_machine.Run()).Objects[0].HasDetail);
    }

    [Fact]
    public void Showing_the_ageing_changes_nothing()
    {
        _machine.Append(ActMachine.Audit, Record(3, "USER_CHAUTHTOK", "op=display aging info id=1001 exe=\"/usr/bin/chage\""));

        Assert.Empty(_machine.Run());
    }

    [Fact]
    public void Members_that_are_set_at_once_change_the_group()
    {
        _machine.Append(ActMachine.Audit, Record(3, "USER_ACCT", "op=members of group users set by root to uad acct=\"users\" exe=\"/usr/bin/gpasswd\""));

        var act = Assert.Single(_machine.Run());

        Assert.Equal((Action.ChangeGroup, "group", "users"), (act.Action, act.Objects[0].Kind, act.Objects[0].Name));
    }

    [Fact]
    public void A_job_of_cron_is_automation()
    {
        _machine.Append(ActMachine.Audit, Record(1, "USER_START", "op=PAM:session_open acct=\"root\" exe=\"/usr/sbin/cron\"") + Record(2, "ADD_USER", "op=adding user id=1002 exe=\"/usr/sbin/useradd\""));

        Assert.Equal("a job of cron or at", Assert.Single(_machine.Run()).Automation);
    }

    [Fact]
    public void Restarting_a_service_is_the_persons_who_typed_it()
    {
        _machine.Append(ActMachine.Audit, Cmd(1, "systemctl restart nginx")
            + "type=SERVICE_STOP msg=audit(1795645140.600:8): pid=1 uid=0 auid=4294967295 ses=4294967295 msg='unit=nginx comm=\"systemd\" exe=\"/usr/lib/systemd/systemd\" res=success'\n"
            + "type=SERVICE_START msg=audit(1795645140.900:9): pid=1 uid=0 auid=4294967295 ses=4294967295 msg='unit=nginx comm=\"systemd\" exe=\"/usr/lib/systemd/systemd\" res=success'\n");

        var act = Assert.Single(_machine.Run());

        Assert.Equal((Method.A1, Action.StartService, false), (act.Method, act.Action, act.HasAutomation));
    }

    [Fact]
    public void Sudos_JSON_log_grows_event_by_event()
    {
        const string Event = "\"accept\": {\n        \"uuid\": \"u-N\",\n        \"submit_time\": {\n            \"seconds\": 1795645140\n        },\n        \"submituser\": \"appr1\",\n        \"command\": \"/usr/bin/true\"\n    }";
        _machine.Append("var/log/sudo.json", "{\n    " + Event.Replace("u-N", "u-1", StringComparison.Ordinal) + "\n}\n");
        var first = _machine.Run();
        // sudo writes over the last brace.
        var path = _machine.Files.At("var/log/sudo.json");
        File.WriteAllText(path, File.ReadAllText(path)[..^3] + ",\n    " + Event.Replace("u-N", "u-2", StringComparison.Ordinal) + "\n}\n");

        var second = _machine.Run();

        Assert.Equal(["u-1", "u-2"], first.Concat(second).Select(act => act.SourceId));
    }

    [Theory]
    [InlineData("root:x:0:0::/root:/bin/sh\nappr7:x:1001:1001::/home/a:/bin/sh\n", "appr7"), InlineData("a:x:1001:1001::/:/bin/sh\nb:x:1001:1001::/:/bin/sh\n", "")]
    public void A_login_uid_has_its_accounts_name_unless_two_share_it(string accounts, string name)
    {
        _machine.Files.With("etc/passwd", accounts);
        var later = TimeProvider.System.GetUtcNow().AddMinutes(1);
        _machine.Time.SetUtcNow(later.AddMinutes(1));
        _machine.Append(ActMachine.Audit, Cmd(1, "true").Replace("1795645140", $"{later.ToUnixTimeSeconds()}", StringComparison.Ordinal));

        Assert.Equal(name, Assert.Single(_machine.Run()).Actor.OsName);
    }

    private static string Connection(int uid) =>
        $"Nov 25 22:19:01 vm NetworkManager[600]: <info>  [1795645141.1] audit: op=\"connection-activate\" uuid=\"u-1\" name=\"Lab\" pid=812 uid={uid} result=\"success\"\n";

    private static string Sudo(string at, string command) => $"Nov 25 {at} vm sudo:    appr1 : PWD=/home/appr1 ; USER=root ; COMMAND={command}\n";

    private static string Stanza(string at, string command, string more) =>
        $"\nStart-Date: 2026-11-25  {at}\nCommandline: {command}\n{more}Install: nmap:amd64 (7.93+dfsg1-1)\nEnd-Date: 2026-11-25  22:20:00\n";

    private static string Cmd(int number, string command, int session = 4) =>
        Record(number, "USER_CMD", $"cwd=\"/\" cmd={Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(command))} exe=\"/usr/bin/sudo\"", session);

    // 2026-11-25 22:19:00.497 UTC.
    private static string Record(int number, string type, string said, int session = 4) =>
        $"type={type} msg=audit(1795645140.497:{number}): pid={100 + number} uid=0 auid=1001 ses={session} msg='{said} hostname=? addr=? terminal=? res=success'\n";
}
