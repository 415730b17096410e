using System.Text;
using CsCheck;
using Sandbox.Agent.Acts;
using Sandbox.Agent.Acts.Apt;
using Sandbox.Agent.Acts.Audit;
using Sandbox.Agent.Acts.Cups;
using Sandbox.Agent.Acts.Following;
using Sandbox.Agent.Acts.Sudo;
using Sandbox.Agent.Acts.Syslog;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;
using static Sandbox.Protocol.AdminAct.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Tests.Acts;

/// <summary>Single records, one parser after the other.</summary>
public sealed class LogTexts
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 0, 0, 0, TimeSpan.Zero);
    private static readonly LogClock Utc = new(TimeZoneInfo.Utc, Now);

    [Fact]
    public void A_hexadecimal_command_is_decoded()
    {
        var act = Audit("type=USER_CMD msg=audit(1795434377.101:14): pid=9 uid=1001 auid=1001 ses=4 msg='cwd=\"/\" cmd=6C73202D6C exe=\"/usr/bin/sudo\" terminal=? res=failed'");

        Assert.Equal(("ls", 1u, Result.Failure, "1795434377.101:14"), (act.Program, act.HiddenArguments, act.Result, act.SourceId));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 11, 46, 17, 101, TimeSpan.Zero), act.OccurredAt.ToDateTimeOffset());
    }

    [Fact]
    public void The_senders_words_never_stand_for_the_kernels()
    {
        var act = Audit("type=ADD_USER msg=audit(1795434377.101:14): pid=9 uid=0 auid=1001 ses=4 msg='op=adding user id=1002 auid=7 ses=9 exe=\"/usr/sbin/useradd\" res=success'");

        Assert.Equal((1001u, 4u), (act.Actor.LoginUid, act.Actor.Session));
    }

    [Theory]
    [InlineData("4294967295", true), InlineData("1001", false)]
    public void No_login_uid_is_automation(string auid, bool automation)
    {
        var act = Audit($"type=ADD_USER msg=audit(1795434377.101:14): pid=9 uid=0 auid={auid} ses=4 msg='op=adding user id=1002 exe=\"/usr/sbin/useradd\" res=success'");

        Assert.Equal((automation, automation ? Method.None : Method.A1), (act.HasAutomation, act.Method));
    }

    [Fact]
    public void Root_that_logged_in_names_no_person()
    {
        var act = Audit("type=ADD_USER msg=audit(1795434377.101:14): pid=9 uid=0 auid=0 ses=4 msg='op=adding user id=1002 exe=\"/usr/sbin/useradd\" res=success'");

        Assert.Equal((Method.None, false), (act.Method, act.HasAutomation));
    }

    [Theory]
    [InlineData("SERVICE_START", Action.StartService), InlineData("SERVICE_STOP", Action.StopService)]
    public void A_service_is_named_by_its_unit(string type, Action action)
    {
        var act = Audit($"type={type} msg=audit(1795434377.101:14): pid=1 uid=0 auid=4294967295 ses=4294967295 msg='unit=nginx comm=\"systemd\" exe=\"/usr/lib/systemd/systemd\" hostname=? addr=? terminal=? res=success'");

        Assert.Equal((action, "nginx", false), (act.Action, act.Objects[0].Name, act.Actor.HasSession));
    }

    [Theory]
    [InlineData("adding user to group", Action.AddMember), InlineData("changing user shell", Action.ChangeAccount), InlineData("change max age", Action.ChangeAgeing)]
    [InlineData("PAM:chauthtok", Action.ChangePassword), InlineData("changing expiration date", Action.ChangeAgeing), InlineData("removing user from group", Action.RemoveMember)]
    public void What_shadow_changed_is_read_from_its_words(string op, Action action)
    {
        var act = Audit($"type=USER_CHAUTHTOK msg=audit(1795434377.101:14): pid=9 uid=0 auid=1001 ses=4 msg='op={op} acct=\"bob\" exe=\"/usr/sbin/usermod\" res=success'");

        Assert.Equal(action, act.Action);
    }

    [Theory]
    [InlineData("   appr1 : TTY=pts/0 ; PWD=/home/appr1 ; USER=root ; COMMAND=/usr/bin/true", "appr1", "/usr/bin/true", Result.Success)]
    [InlineData("   appr1 : PWD=/home/appr1 ; USER=root ; COMMAND=/usr/sbin/useradd viasudo", "appr1", "/usr/sbin/useradd", Result.Success)]
    [InlineData("   appr1 : command not allowed ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id", "appr1", "/usr/bin/id", Result.Failure)]
    [InlineData("   appr1 : 3 incorrect password attempts ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id", "appr1", "/usr/bin/id", Result.Failure)]
    [InlineData("   appr1 : TTY=pts/0 ; PWD=/ ; USER=root ; ENV=A=b ; COMMAND=/usr/bin/id", "appr1", "/usr/bin/id", Result.Success)]
    public void Sudos_text_has_a_terminal_or_none(string text, string name, string program, Result result)
    {
        var act = SudoText.Of(text, "x", Now)!;

        Assert.Equal((name, program, result, Method.A2), (act.Actor.OsName, act.Program, act.Result, act.Method));
    }

    [Fact]
    public void A_folder_that_is_named_like_a_command_does_not_make_it_one()
    {
        var act = SudoText.Of("   appr1 : PWD=/tmp/a ; COMMAND=/usr/sbin/useradd bob ; USER=root ; COMMAND=/usr/bin/true", "x", Now)!;

        Assert.Equal("?", act.Program);
        Assert.Empty(act.Arguments);
    }

    [Theory]
    [InlineData("pam_unix(sudo:session): session opened for user root(uid=0) by (uid=1001)"), InlineData("   appr1 : (command continued) more"), InlineData("")]
    public void Other_lines_of_sudo_are_no_acts(string text) => Assert.Null(SudoText.Of(text, "x", Now));

    [Theory]
    [InlineData("useradd", "new user: name=ksmith, UID=1002, GID=1002, home=/home/ksmith, shell=/bin/bash, from=none", Action.AddAccount, "ksmith")]
    [InlineData("usermod", "add 'ksmith' to group 'labstaff'", Action.AddMember, "ksmith")]
    [InlineData("usermod", "lock user 'ksmith' password", Action.ChangePassword, "ksmith")]
    [InlineData("usermod", "change user 'ksmith' expiration from 'never' to '1970-01-02'", Action.ChangeAccount, "ksmith")]
    [InlineData("chage", "changed password expiry for ksmith", Action.ChangeAgeing, "ksmith")]
    [InlineData("passwd", "password for 'ksmith' changed by 'root'", Action.ChangePassword, "ksmith")]
    [InlineData("chpasswd", "pam_unix(chpasswd:chauthtok): password changed for ksmith", Action.ChangePassword, "ksmith")]
    [InlineData("gpasswd", "user ksmith added by root to group labstaff", Action.AddMember, "ksmith")]
    [InlineData("gpasswd", "user ksmith removed by root from group labstaff", Action.RemoveMember, "ksmith")]
    [InlineData("userdel", "delete user 'ksmith'", Action.RemoveAccount, "ksmith")]
    [InlineData("groupadd", "new group: name=labstaff, GID=1003", Action.AddGroup, "labstaff")]
    [InlineData("groupdel", "group 'labstaff' removed", Action.RemoveGroup, "labstaff")]
    public void Shadows_lines_are_A3_without_a_person(string program, string text, Action action, string name)
    {
        var act = ShadowText.Of(program, text, "x", Now)!;

        Assert.Equal((action, name, Method.A3, false), (act.Action, act.Objects[0].Name, act.Method, act.Actor.HasOsName));
    }

    [Theory]
    [InlineData("add 'ksmith' to shadow group 'labstaff'"), InlineData("group added to /etc/group: name=x, GID=1"), InlineData("new user: name=a b c, UID=1,")]
    public void Other_lines_of_shadow_are_no_acts(string text) => Assert.Null(ShadowText.Of("useradd", text, "x", Now));

    [Fact]
    public void Sshd_says_who_came_from_where_with_which_key()
    {
        var act = SshdText.Of("Accepted publickey for appr1 from 10.0.0.9 port 50446 ssh2: ED25519 SHA256:IwQmwZy8laUW4Cu9q3a4sXPVDuV1UiLLZ1Tp8TVuGK8", "x", Now)!;

        Assert.Equal(("appr1", "10.0.0.9", "SHA256:IwQmwZy8laUW4Cu9q3a4sXPVDuV1UiLLZ1Tp8TVuGK8"), (act.Actor.OsName, act.Actor.RemoteIp, act.Actor.KeyFingerprint));
        Assert.Equal((Action.LogIn, Result.Success, "Accepted publickey"), (act.Action, act.Result, act.Verb));
    }

    [Fact]
    public void A_refused_password_is_a_failed_login()
    {
        var act = SshdText.Of("Failed password for invalid user bob from 2001:db8::1 port 5 ssh2", "x", Now)!;

        Assert.Equal((Result.Failure, "bob", "2001:db8::1"), (act.Result, act.Actor.OsName, act.Actor.RemoteIp));
    }

    [Fact]
    public void NetworkManager_names_connection_and_caller()
    {
        var act = NetworkManagerText.Of("<info>  [1669372311.1234] audit: op=\"connection-activate\" uuid=\"5f0b\" name=\"lab net\" pid=812 uid=1000 result=\"success\"", "x", Now)!;

        Assert.Equal(("connection-activate", "5f0b", "lab net", 1000u, Result.Success), (act.Verb, act.Objects[0].Id, act.Objects[0].Name, act.Actor.OsUid, act.Result));
    }

    [Fact]
    public void Only_the_200_of_a_pair_of_CUPS_lines_is_an_act()
    {
        const string Line = "localhost - root [23/Nov/2026:11:40:33 +0100] \"POST /admin/ HTTP/1.1\" {0} 256 CUPS-Add-Modify-Printer {1}";

        Assert.Null(CupsAccess.Of(string.Format(Line, "401", "-"), "x"));
        Assert.Null(CupsAccess.Of(string.Format(Line, "200", "client-error-not-possible"), "x"));
        var act = CupsAccess.Of(string.Format(Line, "200", "successful-ok"), "x")!;
        Assert.Equal((Action.ChangePrinter, Method.None, new DateTimeOffset(2026, 11, 23, 10, 40, 33, TimeSpan.Zero)), (act.Action, act.Method, act.OccurredAt.ToDateTimeOffset()));
    }

    [Fact]
    public void Apts_stanza_has_command_packages_and_who_asked()
    {
        var act = new AptStanza("Start-Date: 2026-11-23  11:40:33\nCommandline: apt install -y nmap\nRequested-By: appr1 (1001)\nInstall: liblua:amd64 (5.3, automatic), nmap:amd64 (7.93)\nEnd-Date: 2026-11-23  11:40:40\n", Utc).Act()!;

        Assert.Equal((Action.Install, Method.A4, "appr1", 1001u), (act.Action, act.Method, act.Actor.OsName, act.Actor.OsUid));
        Assert.Equal(["nmap:amd64 install False", "liblua:amd64 install True"], act.Objects.Select(done => $"{done.Id} {done.Detail} {done.Automatic}"));
        Assert.Equal("apt install -y nmap", $"{act.Program} {string.Join(' ', act.Arguments)}");
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 11, 40, 33, TimeSpan.Zero), act.OccurredAt.ToDateTimeOffset());
    }

    [Theory]
    [InlineData("Upgrade", Action.Upgrade), InlineData("Reinstall", Action.Reinstall), InlineData("Remove", Action.Remove), InlineData("Purge", Action.Remove)]
    public void Each_change_of_apt_has_its_word(string field, Action action)
    {
        var act = new AptStanza($"Start-Date: 2026-11-23  11:40:33\nCommandline: apt x\n{field}: a:amd64 (1, 2)\nEnd-Date: 2026-11-23  11:40:40\n", Utc).Act()!;

        Assert.Equal((action, field.ToLowerInvariant(), Method.None), (act.Action, act.Objects[0].Detail, act.Method));
    }

    [Fact]
    public void Unattended_upgrades_are_automation()
    {
        var act = new AptStanza("Start-Date: 2026-11-23  11:40:33\nCommandline: /usr/bin/unattended-upgrade\nUpgrade: a:amd64 (1, 2)\nEnd-Date: 2026-11-23  11:40:40\n", Utc).Act()!;

        Assert.Equal("unattended-upgrades", act.Automation);
    }

    [Fact]
    public void Sudos_JSON_has_a_uuid_and_arguments()
    {
        var act = SudoJson.Of("accept", """{"uuid":"u-1","submit_time":{"seconds":1795645140,"nanoseconds":497000000},"submituser":"appr1","command":"/usr/sbin/useradd","runuser":"root","runargv":["useradd","-p","HASH","bob"]}"""u8, "x")!;

        Assert.Equal(("u-1", "appr1", "bob", 2u, Method.A2), (act.SourceId, act.Actor.OsName, act.Arguments.Single(), act.HiddenArguments, act.Method));
        Assert.Equal(497, act.OccurredAt.ToDateTimeOffset().Millisecond);
    }

    [Fact]
    public void Sudos_rejection_failed()
    {
        var act = SudoJson.Of("reject", """{"reason":"command not allowed","submit_time":{"seconds":1795645140},"submituser":"appr1","command":"/usr/bin/id"}"""u8, "x")!;

        Assert.Equal((Result.Failure, "command not allowed"), (act.Result, act.Verb));
    }

    [Theory]
    [InlineData("\\ud800"), InlineData("\u00ff")]
    public void Sudos_event_counts_whatever_its_arguments_are(string argument)
    {
        var json = Encoding.Latin1.GetBytes($$"""{"submit_time":{"seconds":1795645140},"submituser":"appr1","command":"/usr/bin/id","runargv":["id","{{argument}}"]}""");

        Assert.Equal(("appr1", "/usr/bin/id"), (SudoJson.Of("accept", json, "x")!.Actor.OsName, SudoJson.Of("accept", json, "x")!.Program));
    }

    [Theory]
    [InlineData("\"1795645140\""), InlineData("null"), InlineData("1e400"), InlineData("-1"), InlineData("{}")]
    public void Sudos_event_without_a_time_is_none(string seconds) =>
        Assert.Null(SudoJson.Of("accept", Encoding.UTF8.GetBytes($$"""{"submit_time":{"seconds":{{seconds}},"nanoseconds":"x"},"submituser":"appr1","command":"/usr/bin/id"}"""), "x"));

    [Theory]
    [InlineData("2026-11-26", "Nov 25 22:19:00", 2026), InlineData("2026-01-02", "Dec 31 23:59:59", 2025), InlineData("2026-12-31", "Jan  1 00:00:01", 2027)]
    [InlineData("2028-03-01", "Feb 29 10:00:00", 2028), InlineData("2027-03-01", "Feb 29 10:00:00", 2024)]
    public void A_year_is_the_latest_that_is_not_ahead(string now, string stamp, int year)
    {
        var clock = new LogClock(TimeZoneInfo.Utc, DateTimeOffset.Parse(now + "T23:59:59Z", System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(year, clock.WithoutYear(stamp)!.Value.Year);
    }

    [Fact]
    public void Times_without_zone_are_the_machines_not_the_agents()
    {
        using var machine = new MachineFiles().WithLink("etc/localtime", "/usr/share/zoneinfo/Europe/Berlin");

        var at = LogClock.Of(new RootFolder(machine.Root), Now).WithoutZone("2026-07-23  11:40:33");

        Assert.Equal(new DateTimeOffset(2026, 7, 23, 9, 40, 33, TimeSpan.Zero), at);
    }

    [Fact]
    public void A_zone_without_a_name_is_said()
    {
        using var machine = new MachineFiles().With("etc/localtime", "TZif2");

        Assert.True(LogClock.Of(new RootFolder(machine.Root), Now).ZoneUnknown);
    }

    [Fact]
    public void Random_bytes_are_survived_by_every_parser() => Lines().Sample(bytes =>
    {
        var text = Encoding.UTF8.GetString(bytes);
        if (AuditRecord.Parse(bytes) is { } record) AuditActs.Of(record);
        SyslogLine.Parse(bytes, Utc);
        SudoText.Of(text, "x", Now);
        SudoJson.Of("accept", bytes, "x");
        SshdText.Of(text, "x", Now);
        NetworkManagerText.Of(text, "x", Now);
        ShadowText.Of("useradd", text, "x", Now);
        CupsAccess.Of(text, "x");
        new AptStanza(text, Utc).Act();
        Sandbox.Agent.Acts.Redaction.Redacted.OfText(text);
    }, iter: Fuzz.Times(5_000));

    [Fact]
    public void Random_bytes_are_survived_by_every_cutter_and_never_more_is_taken_than_there_is() => Lines().Sample(bytes =>
    {
        var run = new ActRun(Utc, new Sandbox.Agent.Acts.Correlating.ActMemory(), new WrittenRecords()) { Quota = new Quota(1000) };
        ReadOnlySpan<ITakesRecords> all = [new AptHistory(run), new SudoJsonLog(run), AuditLog.Records(run), CupsAccess.Records(run), SyslogFiles.Records(run, main: false)];
        foreach (var cutter in all) Assert.InRange(cutter.Take(bytes, default, cut: false), 0, bytes.Length);
    }, iter: Fuzz.Times(3_000));

    // Junk with what parsers look for in it, so that it gets past their first glance.
    private static Gen<byte[]> Lines()
    {
        string[] pieces =
        [
            "type=USER_CMD msg=audit(", "1795434377.101:14): ", "msg='", "op=", "auid=1001 ", "ses=", "cmd=6", "\u001d", "\"", "'", "Nov 25 22:19:00 vm ", "sudo: ", "COMMAND=", " ; ", " : ",
            "appr1", "PWD=", "{", "}", "\"accept\": ", "Start-Date: 2026-11-23  11:40:33\n", "\nEnd-Date: ", "Requested-By: x (", "Install: a:amd64 (", ")", ",", "\n", "=", "-p", "--", "useradd ",
            "audit: op=\"", "Accepted publickey for ", "new user: name=", "[23/Nov/2026", "POST ", "CUPS-", "\0", "\uFFFD", " ",
        ];
        return Gen.OneOf(Gen.OneOfConst(pieces).Select(Encoding.UTF8.GetBytes), Gen.Byte.Array[0, 8]).List[0, 30].Select(parts => parts.SelectMany(part => part).Append((byte)'x').ToArray());
    }

    private static AdminAct Audit(string line) => AuditActs.Of(AuditRecord.Parse(Encoding.UTF8.GetBytes(line))!)!;
}
