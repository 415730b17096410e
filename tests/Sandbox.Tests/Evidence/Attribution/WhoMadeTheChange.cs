using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Crediting;
using static Sandbox.Protocol.AdminAct.Types;
using Method = Sandbox.Protocol.AdminAct.Types.Method;
using static Sandbox.Tests.Evidence.Attribution.Doing;
using static Sandbox.Tests.Evidence.Crediting.Watched;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Tests.Evidence.Attribution;

/// <summary>A change is whose act it was, as surely as the records say, and nobody's when they do not say it.</summary>
public sealed class WhoMadeTheChange
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Watched _device = new Watched().Says(Of(Person("elif", 1000))).After(TimeSpan.FromMinutes(10)).SaysTheSame().After(TimeSpan.FromMinutes(5));

    private DateTimeOffset Now => _device.Now;

    [Fact]
    public void The_person_whose_account_did_it_is_credited_whoever_owns_the_device()
    {
        var item = Added(Act(Now, "anna", Action.AddAccount, "ben")).Only;

        Assert.Equal((Grade.E2, Anna, EvidenceState.Watched), (item.Grade, item.Person!.Value, item.State));
        Assert.StartsWith("Anna Beck did it (the account anna, A1); self-reported: ", item.GradeReason, StringComparison.Ordinal);
        Assert.Equal((64, 3L), (item.ActId!.Length, item.ActReportId!.Value));
    }

    [Fact]
    public void An_act_that_was_reported_before_the_change_names_its_person_too()
    {
        _device.Knows(Works(Anna, "anna")).Tells(Act(Now, "anna", Action.AddAccount, "ben"));

        Assert.Equal(Grade.E2, _device.Says(Of(Person("elif", 1000), Person("ben", 1001))).Only.Grade);
    }

    [Fact]
    public void Without_an_act_it_is_the_change_alone()
    {
        var item = _device.Knows(Works(Anna, "anna")).Says(Of(Person("elif", 1000), Person("ben", 1001))).Only;

        Assert.Equal((Grade.E1, (Guid?)null, EvidenceState.Watched), (item.Grade, item.Person, item.State));
        Assert.StartsWith("nobody was seen doing it", item.GradeReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Action.ChangeAccount, "ben")]
    [InlineData(Action.AddAccount, "bea")]
    [InlineData(Action.AddGroup, "ben")]
    [InlineData(Action.Elsewhere, "ben")]
    public void Another_act_or_one_on_another_account_explains_nothing(Action action, string target) => Assert.Null(Added(Act(Now, "anna", action, target)).Only.Person);

    [Fact]
    public void An_act_that_failed_explains_nothing() => Assert.Null(Added(Act(Now, "anna", Action.AddAccount, "ben").With(act => act.Result = Result.Failure)).Only.Person);

    [Fact]
    public void An_act_before_the_device_last_read_the_old_state_explains_nothing() => Assert.Null(Added(Act(Now - TimeSpan.FromMinutes(6), "anna", Action.AddAccount, "ben")).Only.Person);

    [Fact]
    public void An_act_after_the_change_explains_nothing() => Assert.Null(Added(Act(Now + TimeSpan.FromSeconds(3), "anna", Action.AddAccount, "ben")).Only.Person);

    [Fact]
    public void A_number_is_enough_where_the_act_has_no_name()
    {
        var act = Act(Now, "anna", Action.AddAccount).With(act => act.Objects.Add(new ActObject { Kind = "account", Id = "1001" }));

        Assert.Equal(Anna, Added(act).Only.Person);
    }

    [Fact]
    public void A_command_that_names_the_account_explains_it_when_nothing_better_is_known()
    {
        var act = Act(Now, "anna", Action.Run, method: Method.A2).With(act => (act.Program, _) = ("/usr/sbin/adduser", 0)).With(act => act.Arguments.AddRange(["--disabled-password", "ben"]));

        Assert.Equal((Grade.E2, Anna), (Added(act).Only.Grade, _device.Only.Person!.Value));
    }

    [Fact]
    public void What_an_unknown_account_did_counts_for_nobody_until_somebody_says_whose_it_is()
    {
        var item = Added(Act(Now, "stranger", Action.AddAccount, "ben")).Only;
        Assert.Equal((EvidenceState.Discounted, (Guid?)null), (item.State, item.Person));
        Assert.Equal("it was not done by a known person: nobody is known to work under the account stranger on this machine", item.Reason);

        _device.After(TimeSpan.FromDays(3)).Knows(Works(Ben, "stranger"));

        Assert.Equal((EvidenceState.Watched, Ben, Grade.E2, (string?)null), (_device.Only.State, _device.Only.Person!.Value, _device.Only.Grade, _device.Only.Reason));
    }

    [Theory]
    [InlineData("mentor")]
    [InlineData("admin")]
    public void What_a_mentor_did_counts_for_nobody(string role)
    {
        _device.Knows(Works(Maria, "maria", role));

        var item = Added(Act(Now, "maria", Action.AddAccount, "ben")).Only;

        Assert.Equal((EvidenceState.Discounted, $"Maria Sol did it ({role}, the account maria): only what apprentices do counts"), (item.State, item.Reason));
    }

    [Fact]
    public void What_was_done_by_itself_counts_for_nobody_whoever_started_it()
    {
        var item = Added(Act(Now, "anna", Action.AddAccount, "ben").With(act => act.Automation = "inside an apt run")).Only;

        Assert.Equal((EvidenceState.Discounted, "it was done by itself: inside an apt run"), (item.State, item.Reason));
    }

    [Fact]
    public void What_is_done_to_the_own_account_counts_for_nobody()
    {
        var device = new Watched().Says(Of(Person("anna", 1000, x => x.MaxDays = 99999))).After(TimeSpan.FromMinutes(1)).Says(Of(Person("anna", 1000)));

        device.Knows(Works(Anna, "anna")).Tells(Act(device.Now, "anna", Action.ChangeAgeing, "anna"));

        Assert.Equal((EvidenceState.Discounted, "Anna Beck did it to the own account anna"), (device.Only.State, device.Only.Reason));
    }

    [Theory]
    [InlineData("passwd", "-l", true)]
    [InlineData("passwd", "-S", false)]
    [InlineData("chage", "-il", false)]
    [InlineData("chage", "-M", true)]
    public void A_command_on_the_account_that_changes_it_explains_it_and_one_that_looks_does_not(string program, string flag, bool isTheirs)
    {
        var device = new Watched().Says(Of(Person("ben", 1000, x => x.MaxDays = 99999))).After(TimeSpan.FromMinutes(1)).Knows(Works(Anna, "anna"));
        var act = Act(device.Now, "anna", Action.Run, method: Method.A2).With(act => act.Program = "/usr/bin/" + program).With(act => act.Arguments.AddRange([flag, "ben"]));

        device.Says(Of(Person("ben", 1000))).Tells(act);

        Assert.Equal(isTheirs ? Anna : null, device.Only.Person);
    }

    [Fact]
    public void The_own_account_is_the_own_from_another_account_too()
    {
        var device = new Watched().Says(Of(Person("anna", 1000, x => x.MaxDays = 99999))).After(TimeSpan.FromMinutes(1)).Says(Of(Person("anna", 1000)));

        device.Knows(Works(Anna, "anna"), Works(Anna, "lab")).Tells(Act(device.Now, "lab", Action.ChangeAgeing, "anna"));

        Assert.Equal(EvidenceState.Discounted, device.Only.State);
    }

    [Fact]
    public void What_an_apprentice_did_stays_theirs_when_they_become_a_mentor()
    {
        Added(Act(Now, "anna", Action.AddAccount, "ben"));
        _device.Holders.Clear();

        _device.After(Second).Knows(Works(Anna, "anna", "mentor"));

        Assert.Equal((EvidenceState.Watched, Grade.E2, Anna), (_device.Only.State, _device.Only.Grade, _device.Only.Person!.Value));
    }

    [Fact]
    public void A_job_of_theirs_beside_them_does_not_take_it_from_them()
    {
        var item = Added(Act(Now, "anna", Action.AddAccount, "ben"), Act(Now - Second, "anna", Action.AddAccount, "ben").With(act => act.Automation = "a job of cron")).Only;

        Assert.Equal((Grade.E2, Anna), (item.Grade, item.Person!.Value));
    }

    [Fact]
    public void A_later_act_that_explains_it_too_changes_nothing()
    {
        var first = Added(Act(Now - Second, "anna", Action.AddAccount, "ben")).Only;

        Assert.Equal(first, _device.Tells(Act(Now, "anna", Action.AddAccount, "ben")).Only);
    }

    [Fact]
    public void What_counts_for_nobody_and_is_taken_back_is_undone_and_may_be_done_again()
    {
        Added(Act(Now, "stranger", Action.AddAccount, "ben"));
        _device.After(TimeSpan.FromMinutes(1)).Says(Of(Person("elif", 1000)));
        Assert.Equal(EvidenceState.Undone, _device.Only.State);

        _device.After(TimeSpan.FromMinutes(1)).Tells(Act(Now, "anna", Action.AddAccount, "ben")).Says(Of(Person("elif", 1000), Person("ben", 1001)));

        Assert.Single(_device.Evidence.Values, item => item.State == EvidenceState.Watched && item.Person == Anna);
    }

    [Fact]
    public void Two_people_who_both_did_it_are_neither_credited()
    {
        _device.Knows(Works(Ben, "ben2"));

        var item = Added(Act(Now, "anna", Action.AddAccount, "ben"), Act(Now - Second, "ben2", Action.AddAccount, "ben")).Only;

        Assert.Equal((EvidenceState.Discounted, "Anna Beck and Ben Ode both did what explains it, and nothing tells whose work it is"), (item.State, item.Reason));
    }

    [Fact]
    public void The_best_record_decides()
    {
        _device.Knows(Works(Ben, "ben2"));

        var item = Added(Act(Now, "anna", Action.AddAccount, "ben"), Act(Now, "ben2", Action.AddAccount, "ben", Method.A4)).Only;

        Assert.Equal((Grade.E2, Anna), (item.Grade, item.Person!.Value));
    }

    [Fact]
    public void What_can_be_forged_stays_E1()
    {
        var item = Added(Act(Now, "anna", Action.AddAccount, "ben", Method.A4)).Only;

        Assert.Equal((Grade.E1, Anna), (item.Grade, item.Person!.Value));
        Assert.StartsWith("Anna Beck did it (the account anna, A4); whoever has root's rights can forge what names them", item.GradeReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_sudos_that_stands_in_a_text_log_alone_stays_E1_and_one_that_the_journal_vouches_for_does_not()
    {
        var text = Act(Now, "anna", Action.AddAccount, "ben", Method.A2).With(act => (act.Source, act.SourceId) = (Source.SudoText, "/var/log/auth.log@77+4096"));
        var item = Added(text).Only;
        Assert.Equal((Grade.E1, Anna), (item.Grade, item.Person!.Value));
        Assert.Contains("every account of the machine can write such a line", item.GradeReason, StringComparison.Ordinal);

        _device.Tells(text.Clone().With(act => act.Records.Add(new ActRecord { Source = Source.SudoText, SourceId = "5f0c:812" })).With(act => act.SourceId = "5f0c:812"));

        Assert.Equal(Grade.E2, _device.Only.Grade);
    }

    [Fact]
    public void Text_that_names_nobody_leaves_it_at_the_change_alone()
    {
        var item = Added(Act(Now, null, Action.AddAccount, "ben", Method.A3).With(act => act.MethodReason = "anybody can write such a line")).Only;

        Assert.Equal((Grade.E1, (Guid?)null), (item.Grade, item.Person));
        Assert.StartsWith("nobody is named: anybody can write such a line", item.GradeReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_better_record_that_comes_later_raises_the_grade()
    {
        var text = Act(Now, null, Action.AddAccount, "ben", Method.A3);
        Assert.Equal(Grade.E1, Added(text).Only.Grade);

        _device.After(Second).Tells(Act(Now - Second, "anna", Action.AddAccount, "ben").With(act => act.Replaces.Add(text.Id)));

        Assert.Equal((Grade.E2, Anna), (_device.Only.Grade, _device.Only.Person!.Value));
    }

    [Fact]
    public void What_lay_in_the_spool_for_more_than_an_hour_says_so_and_is_a_grade_less()
    {
        var at = Now;
        _device.Knows(Works(Anna, "anna")).After(TimeSpan.FromHours(3)).SaysLate(TimeSpan.FromHours(3), Of(Person("elif", 1000), Person("ben", 1001)));

        var item = _device.Tells(Act(at, "anna", Action.AddAccount, "ben")).Only;

        Assert.Equal((Grade.E1, Anna), (item.Grade, item.Person!.Value));
        Assert.Contains("it lay in the device's spool for 3 hours before it was reported", item.GradeReason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_else_is_to_be_said_stays_beside_who_did_it() =>
        Assert.EndsWith("; whether the account is the apprentice's own is not known", Added(Act(Now, "anna", Action.AddAccount, "ben")).Only.GradeReason, StringComparison.Ordinal);

    [Fact]
    public void What_was_taken_back_earns_nothing_whoever_did_it()
    {
        _device.Knows(Works(Anna, "anna")).Says(Of(Person("elif", 1000), Person("ben", 1001))).After(Second).Says(Of(Person("elif", 1000)));

        _device.Tells(Act(Now - Second, "anna", Action.AddAccount, "ben"));

        Assert.Equal((EvidenceState.Undone, (Guid?)null), (_device.Only.State, _device.Only.Person));
    }

    [Fact]
    public void Acts_that_come_days_later_change_nothing()
    {
        _device.Knows(Works(Anna, "anna")).Says(Of(Person("elif", 1000), Person("ben", 1001)));
        var at = Now;

        _device.After(TimeSpan.FromDays(3)).Tells(Act(at, "anna", Action.AddAccount, "ben"));

        Assert.Null(_device.Only.Person);
    }

    [Fact]
    public void The_same_acts_again_change_nothing()
    {
        var act = Act(Now, "anna", Action.AddAccount, "ben");
        var item = Added(act).Only;

        Assert.Empty(WhoDidIt.Judge([item], _device.Acts, new Holders(_device.Holders), Device, Now + Second));
    }

    [Theory]
    [InlineData("/etc/login.defs", true)]
    [InlineData("/etc/security/pwquality.conf", true)]
    [InlineData("/etc/hosts", false)]
    public void Who_edited_a_file_of_the_password_rules_mended_them(string file, bool isTheirs)
    {
        var device = new Watched().Says(new PasswordPolicy { QualityEnforced = true, EffectiveMinLength = 8 }).After(TimeSpan.FromMinutes(1)).Knows(Works(Anna, "anna"));
        var act = Act(device.Now, "anna", Action.Run, method: Method.A2).With(act => act.Program = "/usr/bin/nano").With(act => act.Arguments.Add(file));

        device.Says(new PasswordPolicy { QualityEnforced = true, EffectiveMinLength = 14 }).Tells(act);

        Assert.Equal(isTheirs ? Anna : null, device.Only.Person);
    }

    [Fact]
    public void A_device_that_was_set_up_is_the_one_of_its_join_code()
    {
        var item = new Watched().Says(new Hardware { SystemUuid = "11111111-2222-3333-4444-555555555555", SerialNumber = "7XK2" }).Only;

        Assert.StartsWith("the join code was made for this person; who typed it in was not seen", item.GradeReason, StringComparison.Ordinal);
    }

    private Watched Added(params AdminAct[] acts) =>
        _device.Knows(Works(Anna, "anna")).Says(Of(Person("elif", 1000), Person("ben", 1001))).Tells(acts);
}
