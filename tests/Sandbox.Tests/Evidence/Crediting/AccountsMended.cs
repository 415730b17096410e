using Sandbox.Evidence;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using static Sandbox.Protocol.Account.Types;
using static Sandbox.Tests.Evidence.Crediting.Watched;

namespace Sandbox.Tests.Evidence.Crediting;

/// <summary>Line 7.1: deviations of accounts that were found and put right, and everything that only looks like it.</summary>
public sealed class AccountsMended
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void An_age_without_limit_that_gets_one_is_watched()
    {
        var item = Begins(Ageless).Says(Of(Person("anna", 1000))).Only;

        Assert.Equal(("7.1", "account.mended", "password.max_age_days of anna", EvidenceState.Watched), (item.Line, item.Act, item.Target, item.State));
        Assert.Equal("it never has to be changed: its age is unlimited", item.Before);
    }

    [Fact]
    public void It_holds_after_a_week() => Assert.Equal(EvidenceState.Held, Begins(Ageless).Says(Of(Person("anna", 1000))).After(Day * 7).SaysTheSame().Only.State);

    [Fact]
    public void It_does_not_hold_after_six_days() =>
        Assert.Equal(EvidenceState.Watched, Begins(Ageless).Says(Of(Person("anna", 1000))).After(Day * 6).SaysTheSame().Only.State);

    [Fact]
    public void An_account_without_a_password_that_gets_one_is_watched() =>
        Assert.Equal("account.empty_password of anna", Begins(x => x.PasswordState = PasswordState.Empty).Says(Of(Person("anna", 1000))).Only.Target);

    [Fact]
    public void An_account_without_a_password_that_is_locked_is_watched() =>
        Assert.Equal("no password opens it", Begins(x => x.PasswordState = PasswordState.Empty).Says(Of(Person("anna", 1000, x => x.PasswordState = PasswordState.None))).Only.After);

    [Fact]
    public void A_password_that_others_may_know_and_that_is_another_since_is_watched_and_is_of_whom_it_was_changed_for()
    {
        var device = Begins(_ => { }).Is(Marked("anna", 21)).Says(Of(Person("anna", 1000, x => x.LastChangeDay = Today)));

        Assert.Equal(("7.1", "password.changed_since_compromise of anna", "changed on 2026-11-23", EvidenceState.Watched), (device.Only.Line, device.Only.Target, device.Only.After, device.Only.State));
        Assert.Equal(EvidenceState.Held, device.After(Day * 7).SaysTheSame().Only.State);
    }

    [Theory, InlineData("anna", 23), InlineData("noor", 21)]
    public void A_change_on_the_very_day_or_of_an_account_that_nobody_marked_earns_nothing(string marked, int since) =>
        Assert.Empty(Begins(_ => { }).Is(Marked(marked, since)).Says(Of(Person("anna", 1000, x => x.LastChangeDay = Today))).Evidence);

    [Fact]
    public void A_mark_that_others_may_know_the_new_password_as_well_takes_it_back() =>
        Assert.Equal(EvidenceState.Undone, Begins(_ => { }).Is(Marked("anna", 21)).Says(Of(Person("anna", 1000, x => x.LastChangeDay = Today))).After(Day * 2).Is(Marked("anna", 24)).SaysTheSame().Only.State);

    [Fact]
    public void An_age_of_99999_days_is_no_remedy() =>
        Assert.Empty(Begins(x => x.MaxDays = 400).Says(Of(Person("anna", 1000, x => x.MaxDays = 99999))).Evidence);

    [Fact]
    public void A_password_that_ran_out_and_is_changed_is_watched()
    {
        var device = Begins(_ => { }).After(Day * 100);

        Assert.Equal("password.max_age_days of anna", device.Says(Of(Person("anna", 1000, x => x.LastChangeDay = Today + 100))).Only.Target);
    }

    [Fact]
    public void A_password_that_is_changed_in_time_earns_nothing()
    {
        var device = Begins(_ => { }).After(Day * 70).Says(Of(Person("anna", 1000, x => x.LastChangeDay = Today + 70)));

        Assert.Empty(device.After(Day * 70).Says(Of(Person("anna", 1000, x => x.LastChangeDay = Today + 140))).Evidence);
    }

    [Fact]
    public void A_deviation_that_was_made_after_the_beginning_earns_nothing() =>
        Assert.Empty(Begins(_ => { }).Says(Of(Person("anna", 1000, Ageless))).After(Minute).Says(Of(Person("anna", 1000))).Evidence);

    [Fact]
    public void A_deviation_that_was_made_long_after_the_beginning_earns_nothing()
    {
        var device = Begins(_ => { }).After(Day * 70).Says(Of(Person("anna", 1000, x => x.LastChangeDay = Today + 70))).After(Day * 40);

        device.Says(Of(Person("anna", 1000, x => (x.LastChangeDay, x.MaxDays) = (Today + 70, 99999)))).After(Minute);

        Assert.Empty(device.Says(Of(Person("anna", 1000, x => x.LastChangeDay = Today + 70))).Evidence);
    }

    [Fact]
    public void A_day_of_change_that_was_put_back_earns_nothing() =>
        Assert.Empty(Begins(_ => { }).Says(Of(Person("anna", 1000, x => x.LastChangeDay = 1))).After(Minute).Says(Of(Person("anna", 1000))).Evidence);

    [Fact]
    public void An_account_that_came_later_earns_nothing_here()
    {
        var device = Begins(_ => { }).Says(Of(Person("anna", 1000), Person("ben", 1001, Ageless))).After(Minute);

        device.Says(Of(Person("anna", 1000), Person("ben", 1001)));

        Assert.DoesNotContain(device.Evidence.Values, item => item.Line == "7.1");
    }

    [Fact]
    public void An_account_that_nobody_can_use_earns_nothing()
    {
        var device = Begins(x => (x.MaxDays, x.ShellClass) = (99999, ShellClass.NoLogin));

        Assert.Empty(device.Says(Of(Person("anna", 1000, x => x.ShellClass = ShellClass.NoLogin))).Evidence);
    }

    [Fact]
    public void Locking_an_account_is_no_remedy_for_its_age() =>
        Assert.Empty(Begins(Ageless).Says(Of(Person("anna", 1000, x => (x.MaxDays, x.PasswordState) = (99999, PasswordState.Locked)))).Evidence);

    [Fact]
    public void Removing_an_account_is_no_remedy() => Assert.DoesNotContain(Begins(Ageless).Says(Of(Person("root", 0))).Evidence.Values, item => item.Line == "7.1");

    [Fact]
    public void What_is_taken_back_within_the_week_is_undone_with_the_reason()
    {
        var item = Begins(Ageless).Says(Of(Person("anna", 1000))).After(Day * 3).Says(Of(Person("anna", 1000, Ageless))).Only;

        Assert.Equal((EvidenceState.Undone, "it was taken back: it never has to be changed: its age is unlimited"), (item.State, item.Reason));
    }

    [Fact]
    public void An_account_that_is_removed_within_the_week_earns_nothing() =>
        Assert.Equal(EvidenceState.Undone, Begins(Ageless).Says(Of(Person("anna", 1000))).After(Day * 3).Says(Of(Person("root", 0))).Evidence.Values.Single(item => item.Line == "7.1").State);

    [Fact]
    public void A_shadow_file_that_cannot_be_read_neither_holds_nor_undoes()
    {
        var device = Begins(Ageless).Says(Of(Person("anna", 1000))).After(Day * 8);
        var blind = Of(Person("anna", 1000, x => x.ClearPasswordState()));
        blind.Unseen.Add(new Unseen { What = "/etc/shadow", Why = "permission denied" });

        Assert.Equal(EvidenceState.Watched, device.Says(blind).Only.State);
    }

    [Fact]
    public void One_change_supports_one_line_only()
    {
        var device = Begins(x => (x.MaxDays, x.PasswordState) = (99999, PasswordState.Empty)).Says(Of(Person("anna", 1000)));

        Assert.All(device.Evidence.Values, item => Assert.Equal("7.1", item.Line));
    }

    private static AboutDevice Marked(string account, int day) => new() { Marks = [new CompromiseMark(account, new DateOnly(2026, 11, day), "it stood on a note")] };

    private static Watched Begins(Action<Account> how) => new Watched().Says(Of(Person("root", 0, x => x.PasswordState = PasswordState.None), Person("anna", 1000, how))).After(Minute);

    private static void Ageless(Account account) => account.MaxDays = 99999;
}
