using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Tests.Acts;

/// <summary>What a real session of sudo, useradd and others left in real logs (Recorded/README.md), and what must come of it.</summary>
public sealed class RecordedSession : IDisposable
{
    private readonly ActMachine _machine = ActMachine.Started();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Useradd_through_sudo_is_one_act_of_seven_records()
    {
        var act = Both().Single(act => act.Action is Action.AddAccount && act.Objects[0].Name == "recksmith");

        Assert.Equal(7u, act.RecordCount);
    }

    [Fact]
    public void An_act_names_person_session_object_and_program()
    {
        var act = Both().Single(act => act.Action is Action.AddAccount && act.Objects[0].Name == "recksmith");

        Assert.Equal(("appr1", 1001u, 1u, "127.0.0.1"), (act.Actor.OsName, act.Actor.LoginUid, act.Actor.Session, act.Actor.RemoteIp));
        Assert.Equal((Method.A1, Source.Audit, Result.Success), (act.Method, act.Source, act.Result));
        Assert.Equal(("account", "1002", "recksmith"), (act.Objects[0].Kind, act.Objects[0].Id, act.Objects[0].Name));
        Assert.Equal("/usr/sbin/useradd -m recksmith, 2 hidden", $"{act.Program} {string.Join(' ', act.Arguments)}, {act.HiddenArguments} hidden");
    }

    [Fact]
    public void The_best_record_comes_first_and_names_the_source()
    {
        var act = Both().Single(act => act.Action is Action.AddAccount && act.Objects[0].Name == "recksmith");

        Assert.Equal((act.Source, act.SourceId), (act.Records[0].Source, act.Records[0].SourceId));
        Assert.Equal([Method.A1, Method.A1, Method.A1, Method.A1, Method.A2, Method.A3, Method.A3], act.Records.Select(record => record.Method));
    }

    [Theory]
    [InlineData(Action.AddGroup, "recstaff"), InlineData(Action.AddMember, "recksmith"), InlineData(Action.ChangeAgeing, "recksmith")]
    [InlineData(Action.RemoveMember, "recksmith"), InlineData(Action.RemoveGroup, "recstaff"), InlineData(Action.RemoveAccount, "recksmith")]
    public void Each_tool_left_one_act_of_the_person(Action action, string name)
    {
        var act = Assert.Single(Both(), act => act.Action == action && act.Objects[0].Name == name);

        Assert.Equal((Method.A1, "appr1"), (act.Method, act.Actor.OsName));
        Assert.False(act.HasAutomation);
    }

    [Fact]
    public void A_member_has_the_group_as_detail()
    {
        var act = Both().Single(act => act.Action is Action.AddMember);

        Assert.Equal("recstaff", act.Objects[0].Detail);
    }

    [Fact]
    public void Chpasswd_and_passwd_are_two_changes_of_a_password()
    {
        var programs = Both().Where(act => act.Action is Action.ChangePassword).Select(act => act.Program);

        Assert.Equal(["chpasswd", "/usr/bin/passwd"], programs);
    }

    [Fact]
    public void Who_takes_another_login_uid_is_said_to_and_what_follows_is_nobodys()
    {
        var acts = Both();

        Assert.Single(acts, act => act.Action is Action.ChangeAudit && act.MethodReason.Contains("another login uid", StringComparison.Ordinal));
        var taken = acts.Where(act => act.Objects.Any(done => done.Name == "rectaken")).ToList();
        Assert.Equal(2, taken.Count);
        Assert.All(taken, act => Assert.Equal(Method.None, act.Method));
        Assert.All(taken, act => Assert.Contains("login uid 1001", act.MethodReason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_line_forged_with_logger_is_graded_down_when_audit_knows_nothing_of_it()
    {
        var act = Both().Single(act => act.Objects.Any(done => done.Name == "forged"));

        Assert.Equal(Method.A3, act.Method);
        Assert.Contains("audit", act.MethodReason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_of_the_system_is_no_persons_doing()
    {
        var act = Both().Single(act => act.Action is Action.AddAccount && act.Objects[0].Name == "recsys");

        Assert.True(act.HasAutomation);
    }

    [Fact]
    public void The_key_of_the_login_stands_with_what_was_done_in_its_session()
    {
        var act = Both().Single(act => act.Action is Action.LogIn && act.Actor is { HasSession: true, Session: 3 });

        Assert.Equal("SHA256:IwQmwZy8laUW4Cu9q3a4sXPVDuV1UiLLZ1Tp8TVuGK8", act.Actor.KeyFingerprint);
        Assert.All(Both(), other => Assert.True(other.Actor.Session != 3 || other.Actor.HasKeyFingerprint));
    }

    [Fact]
    public void A_login_for_one_command_has_its_key_too()
    {
        var act = Both().First(act => act.Action is Action.LogIn);

        Assert.Equal((Method.A1, "appr1", 1u), (act.Method, act.Actor.OsName, act.Actor.Session));
        Assert.StartsWith("SHA256:", act.Actor.KeyFingerprint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_first_report_takes_the_place_of_nothing()
    {
        _machine.Append(ActMachine.Audit, File.ReadAllText(ActMachine.Recorded("audit.log")));
        _machine.Append(ActMachine.Auth, File.ReadAllText(ActMachine.Recorded("auth.log")));

        var first = _machine.Run();

        Assert.NotEmpty(first);
        Assert.All(first, act => Assert.Empty(act.Replaces));
    }

    [Fact]
    public void A_refused_login_failed_and_an_invented_name_is_left_out()
    {
        var act = Both().Single(act => act.Action is Action.LogIn && act.Result is Result.Failure);

        Assert.False(act.Actor.HasOsName);
        Assert.Equal(2u, act.RecordCount);
    }

    [Fact]
    public void Text_alone_names_the_person_by_sudos_word()
    {
        _machine.Append(ActMachine.Auth, File.ReadAllText(ActMachine.Recorded("auth.log")));

        var act = _machine.RunAll().Single(act => act.Action is Action.AddAccount && act.Objects[0].Name == "recksmith");

        Assert.Equal((Method.A2, Source.SudoText, "appr1", 3u), (act.Method, act.Source, act.Actor.OsName, act.RecordCount));
    }

    [Fact]
    public void Both_forms_of_time_stamps_give_the_same_acts()
    {
        _machine.Append("var/log/secure", File.ReadAllText(ActMachine.Recorded("iso.log")));
        var iso = _machine.RunAll();
        using var other = ActMachine.Started();
        other.Append(ActMachine.Auth, File.ReadAllText(ActMachine.Recorded("auth.log")));

        Assert.Equal(Told(other.RunAll()), Told(iso));

        static IEnumerable<string> Told(IEnumerable<AdminAct> acts) => acts.Select(act => $"{act.Action} {act.Program} {act.Objects.FirstOrDefault()?.Name} {act.Method}").Order();
    }

    [Fact]
    public void No_planted_secret_leaves()
    {
        var said = string.Join('\n', Both());

        Assert.DoesNotContain("PLANTED", said, StringComparison.OrdinalIgnoreCase);
    }

    private List<AdminAct> Both()
    {
        _machine.Append(ActMachine.Audit, File.ReadAllText(ActMachine.Recorded("audit.log")));
        _machine.Append(ActMachine.Auth, File.ReadAllText(ActMachine.Recorded("auth.log")));
        return Latest(_machine.RunAll());
    }

    // As the server keeps them: by id, and without those that another took the place of.
    private static List<AdminAct> Latest(List<AdminAct> acts)
    {
        var byId = new Dictionary<string, AdminAct>();
        foreach (var act in acts)
        {
            byId[act.Id.ToBase64()] = act;
            foreach (var gone in act.Replaces) byId.Remove(gone.ToBase64());
        }
        return [.. byId.Values.OrderBy(act => act.OccurredAt.ToDateTimeOffset())];
    }
}
