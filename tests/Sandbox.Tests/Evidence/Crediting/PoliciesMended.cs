using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;

namespace Sandbox.Tests.Evidence.Crediting;

/// <summary>Line 1.3: password rules of the whole device that were put right.</summary>
public sealed class PoliciesMended
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    [Fact]
    public void A_rule_that_failed_at_first_and_passes_by_another_value_is_watched()
    {
        var item = new Watched().Says(Length(8)).After(Minute).Says(Length(12)).Only;

        Assert.Equal(("1.3", "policy.mended", "password.min_length", EvidenceState.Watched), (item.Line, item.Act, item.Target, item.State));
        Assert.Equal(("8 characters; expected: at least 12 characters", "12 characters"), (item.Before, item.After));
        Assert.Equal((1L, 2L), (item.BeforeReportId, item.ReportId));
    }

    [Fact]
    public void It_holds_after_a_day() => Assert.Equal(EvidenceState.Held, new Watched().Says(Length(8)).Says(Length(12)).After(Day).SaysTheSame().Only.State);

    [Fact]
    public void A_rule_that_passed_at_first_earns_nothing() => Assert.Empty(new Watched().Says(Length(12)).After(Day).SaysTheSame().Evidence);

    [Fact]
    public void A_rule_that_passed_at_first_earns_nothing_when_it_was_broken_and_put_right() =>
        Assert.Empty(new Watched().Says(Length(12)).After(Minute).Says(Length(8)).After(Minute).Says(Length(12)).Evidence);

    [Fact]
    public void A_machine_that_was_enrolled_again_by_the_same_person_earns_nothing()
    {
        var device = new Watched();
        device.Others.Add(new SameMachine(IsOwners: true, IsEarlier: true));

        Assert.Empty(device.Says(Length(8)).After(Minute).Says(Length(12)).Evidence);
    }

    [Fact]
    public void What_was_noted_before_the_machine_was_known_again_is_undone()
    {
        var device = new Watched().Says(Length(8)).After(Minute).Says(Length(12));
        device.Others.Add(new SameMachine(IsOwners: true, IsEarlier: true));

        var item = device.After(Day).SaysTheSame().Only;

        Assert.Equal(EvidenceState.Undone, item.State);
        Assert.Contains("enrolled before for the same person", item.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_that_is_enrolled_again_later_still_earns_under_its_first_name()
    {
        var device = new Watched();
        device.Others.Add(new SameMachine(IsOwners: true, IsEarlier: false));

        Assert.DoesNotContain("enrolled before", device.Says(Length(8)).After(Minute).Says(Length(12)).Only.GradeReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_that_somebody_else_enrolled_before_is_flagged()
    {
        var device = new Watched();
        device.Others.Add(new SameMachine(IsOwners: false, IsEarlier: true));

        Assert.Contains("enrolled before for somebody else", device.Says(Length(8)).After(Minute).Says(Length(12)).Only.GradeReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_value_that_still_fails_earns_nothing() => Assert.Empty(new Watched().Says(Length(6)).After(Minute).Says(Length(11)).Evidence);

    [Fact]
    public void A_rule_that_is_set_and_reverted_is_undone_with_the_reason()
    {
        var item = new Watched().Says(Length(8)).After(Minute).Says(Length(12)).After(Minute).Says(Length(8)).Only;

        Assert.Equal((EvidenceState.Undone, "it was taken back: 8 characters; expected: at least 12 characters"), (item.State, item.Reason));
    }

    [Fact]
    public void A_stricter_value_keeps_it()
    {
        var device = new Watched().Says(Length(8)).After(Minute).Says(Length(12)).After(Minute).Says(Length(16)).After(Day).SaysTheSame();

        Assert.Equal(EvidenceState.Held, device.Only.State);
    }

    [Fact]
    public void What_was_unknown_at_first_is_not_taken_for_broken() =>
        Assert.Empty(new Watched().Says(new PasswordPolicy()).After(Minute).Says(Length(8)).After(Minute).Says(Length(12)).Evidence);

    [Fact]
    public void What_is_unknown_in_between_neither_holds_nor_undoes()
    {
        var device = new Watched().Says(Length(8)).Says(Length(12)).After(Day * 2).Says(new PasswordPolicy());

        Assert.Equal(EvidenceState.Watched, device.Only.State);
    }

    [Fact]
    public void Each_rule_counts_for_itself()
    {
        var better = Length(12);
        better.History = 5;

        var device = new Watched().Says(Length(8)).Says(better);

        Assert.Equal(["password.history", "password.min_length"], device.Evidence.Values.Select(item => item.Target).Order());
    }

    [Fact]
    public void It_counts_once_for_all_time()
    {
        var device = new Watched().Says(Length(8)).Says(Length(12)).After(Day * 7).SaysTheSame().After(Day);

        device.Says(Length(8)).After(Day).Says(Length(12)).After(Day).SaysTheSame();

        Assert.Equal(EvidenceState.Held, device.Only.State);
    }

    [Fact]
    public void What_is_broken_within_the_week_and_mended_again_begins_anew()
    {
        var device = new Watched().Says(Length(8)).Says(Length(12)).After(Day).SaysTheSame().After(Day).Says(Length(8)).After(Day).Says(Length(12));

        Assert.Equal([EvidenceState.Watched, EvidenceState.Undone], device.Evidence.Values.Select(item => item.State).Order());
    }

    private static PasswordPolicy Length(uint characters) => new() { QualityEnforced = true, EffectiveMinLength = characters };
}
