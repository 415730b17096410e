using Sandbox.Evidence.Crediting;
using static Sandbox.Protocol.Account.Types;
using static Sandbox.Tests.Evidence.Crediting.Watched;

namespace Sandbox.Tests.Evidence.Crediting;

/// <summary>Line 1.3: accounts that were set up, and everything that only looks like it.</summary>
public sealed class AccountsAdded
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private readonly Watched _device = new Watched().Says(Of(Person("root", 0), Person("anna", 1000))).After(Minute);

    [Fact]
    public void An_account_that_was_not_there_at_first_is_watched()
    {
        var item = _device.Says(Of(Person("anna", 1000), Person("ben", 1001))).Only;

        Assert.Equal(("1.3", "account.added", "ben (uid 1001)", EvidenceState.Watched), (item.Line, item.Act, item.Target, item.State));
        Assert.Equal((null, "account ben, uid 1001", 2L, 1L), (item.Before, item.After, item.ReportId, item.BeforeReportId));
    }

    [Fact]
    public void It_proves_that_something_changed_and_not_who_did_it()
    {
        var item = _device.Says(Of(Person("anna", 1000), Person("ben", 1001))).Only;

        Assert.Equal(Grade.E1, item.Grade);
        Assert.Contains("nobody was seen doing it", item.GradeReason, StringComparison.Ordinal);
    }

    [Fact]
    public void It_holds_when_a_report_still_shows_it_after_a_day() =>
        Assert.Equal(EvidenceState.Held, _device.Says(Of(Person("anna", 1000), Person("ben", 1001))).After(Day).SaysTheSame().Only.State);

    [Fact]
    public void It_does_not_hold_a_minute_too_early() =>
        Assert.Equal(EvidenceState.Watched, _device.Says(Of(Person("anna", 1000), Person("ben", 1001))).After(Day - Minute).SaysTheSame().Only.State);

    [Fact]
    public void Time_alone_does_not_make_it_hold() =>
        Assert.Equal(EvidenceState.Watched, _device.Says(Of(Person("anna", 1000), Person("ben", 1001))).After(Day * 3).IsSilent().Only.State);

    [Fact]
    public void A_device_that_turns_its_clock_forward_does_not_make_it_hold()
    {
        _device.Says(Of(Person("anna", 1000), Person("ben", 1001))).After(Minute);
        _device.Ahead = Day * 3;

        Assert.Equal(EvidenceState.Watched, _device.SaysTheSame().Only.State);
    }

    [Fact]
    public void A_report_that_waited_in_the_spool_is_an_old_one()
    {
        _device.Says(Of(Person("anna", 1000), Person("ben", 1001))).After(Day * 2);
        _device.Ahead = -Day * 1.5;

        Assert.Equal(EvidenceState.Watched, _device.SaysTheSame().Only.State);
    }

    [Fact]
    public void An_account_that_is_removed_within_the_day_is_undone_with_the_reason()
    {
        var item = _device.Says(Of(Person("anna", 1000), Person("ben", 1001))).After(Minute).Says(Of(Person("anna", 1000))).Only;

        Assert.Equal(EvidenceState.Undone, item.State);
        Assert.Contains("removed", item.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_held_stays_held_when_the_account_goes_later() =>
        Assert.Equal(EvidenceState.Held, _device.Says(Of(Person("anna", 1000), Person("ben", 1001))).After(Day * 7).SaysTheSame().Says(Of(Person("anna", 1000))).Only.State);

    [Fact]
    public void An_account_that_was_there_at_first_earns_nothing_however_often_it_comes_back() =>
        Assert.DoesNotContain(_device.Says(Of(Person("root", 0))).After(Day).Says(Of(Person("root", 0), Person("anna", 1000))).Evidence.Values, item => item.State != EvidenceState.Undone);

    [Fact]
    public void An_account_that_is_added_again_and_again_counts_once()
    {
        for (var i = 0; i < 10; i++)
            _device.After(Minute).Says(Of(Person("anna", 1000), Person("ben", 1001))).After(Minute).Says(Of(Person("anna", 1000)));
        _device.After(Day).Says(Of(Person("anna", 1000), Person("ben", 1001))).After(Day).SaysTheSame();
        _device.After(Day).Says(Of(Person("anna", 1000))).After(Day).Says(Of(Person("anna", 1000), Person("ben", 1001))).After(Day).SaysTheSame();

        Assert.Single(_device.Evidence.Values, item => item.State == EvidenceState.Held);
        Assert.Equal(5, _device.Evidence.Count);
    }

    [Fact]
    public void An_account_of_a_package_is_no_persons() =>
        Assert.Empty(_device.Says(Of(Person("anna", 1000), Person("cups", 105, x => x.System = true))).Evidence);

    [Fact]
    public void A_system_account_does_not_become_a_persons_by_a_lower_limit()
    {
        var device = new Watched().Says(Of(Person("anna", 1000), Person("cups", 105, x => x.System = true)));
        var lowered = Of(Person("anna", 1000), Person("cups", 105));
        lowered.UidMin = 100;

        Assert.Empty(device.Says(lowered).Evidence);
    }

    [Fact]
    public void A_renamed_account_is_no_new_one() => Assert.Empty(_device.Says(Of(Person("root", 0), Person("ben", 1000))).Evidence);

    [Fact]
    public void A_second_name_for_a_number_is_no_new_account() =>
        Assert.Empty(_device.Says(Of(Person("anna", 1000), Person("ben", 1000))).Evidence);

    [Fact]
    public void A_credited_account_that_is_renamed_is_not_credited_again()
    {
        _device.Says(Of(Person("anna", 1000), Person("ben", 1001))).After(Day).SaysTheSame();

        _device.After(Day).Says(Of(Person("anna", 1000), Person("carl", 1001))).After(Day).Says(Of(Person("anna", 1000), Person("carl", 1001, x => x.MaxDays = 30)));

        Assert.Equal("ben (uid 1001)", _device.Only.Target);
    }

    [Fact]
    public void An_account_that_everybody_can_open_is_no_achievement() =>
        Assert.Empty(_device.Says(Of(Person("anna", 1000), Person("ben", 1001, x => x.PasswordState = PasswordState.Empty))).Evidence);

    [Fact]
    public void An_account_whose_shell_lets_nobody_in_is_no_persons() =>
        Assert.Empty(_device.Says(Of(Person("anna", 1000), Person("ben", 1001, x => x.ShellClass = ShellClass.NoLogin))).Evidence);

    [Fact]
    public void Accounts_that_were_unreadable_in_between_are_not_new() =>
        Assert.Empty(_device.Says(Unreadable()).After(Minute).Says(Of(Person("root", 0), Person("anna", 1000))).Evidence);

    [Fact]
    public void A_list_that_could_not_be_read_is_no_beginning() =>
        Assert.Empty(new Watched().Says(Unreadable()).After(Minute).Says(Of(Person("anna", 1000))).Evidence);

    [Fact]
    public void What_cannot_be_read_neither_holds_nor_undoes()
    {
        _device.Says(Of(Person("anna", 1000), Person("ben", 1001))).After(Day * 2).Says(Unreadable());

        Assert.Equal(EvidenceState.Watched, _device.Only.State);
    }

    [Fact]
    public void The_device_of_a_mentor_earns_nothing()
    {
        var device = new Watched { OwnerIsApprentice = false };

        Assert.Empty(device.Says(Of(Person("anna", 1000))).After(Minute).Says(Of(Person("anna", 1000), Person("ben", 1001))).Evidence);
    }

    [Fact]
    public void A_machine_that_makes_accounts_in_masses_is_not_a_person_at_work() =>
        Assert.Equal(100, _device.Says(Of([.. Enumerable.Range(2000, 500).Select(uid => Person($"p{uid}", (uint)uid))])).Evidence.Count);
}
