using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Lines;
using Sandbox.Tests.Evidence.Policies;

namespace Sandbox.Tests.Evidence.Lines;

/// <summary>How far an apprentice is with a line, and what is missing, in words.</summary>
public sealed class StatesOfLines
{
    private static readonly DateTimeOffset Noted = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Nothing_yet_says_what_would_count()
    {
        var state = Of("1.3");

        Assert.Equal((LineStanding.NotStarted, (Grade?)null), (state.Standing, state.Best));
        Assert.Equal(["an account that was added for somebody, or a rule for passwords that failed and was put right"], state.Missing);
    }

    [Theory]
    [InlineData("7.3", "under a policy that has a rule for it"), InlineData("7.4", "never taken from a device"), InlineData("2.1", "devices cannot show it"), InlineData("1.8", "whose rule software.licences has the register of licences")]
    public void What_devices_cannot_show_under_the_policy_a_mentor_attests_and_why_is_said(string line, string why)
    {
        var missing = Assert.Single(Of(line).Missing);

        Assert.Contains(why, missing, StringComparison.Ordinal);
        Assert.EndsWith("a mentor attests it", missing, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EvidenceState.Undone), InlineData(EvidenceState.Discounted)]
    public void What_earns_nothing_starts_nothing(EvidenceState state) => Assert.Equal(LineStanding.NotStarted, Of("1.3", Piece(state, Grade.E1)).Standing);

    [Fact]
    public void What_is_watched_is_in_progress_until_the_first_of_it_may_hold()
    {
        var state = Of("1.3", Piece(EvidenceState.Watched, Grade.E2, 5), Piece(EvidenceState.Watched, Grade.E1));

        Assert.Equal(LineStanding.InProgress, state.Standing);
        Assert.Equal(["that it stays, to be seen from 2026-11-24 12:00 UTC on"], state.Missing);
    }

    [Theory]
    [InlineData(Grade.E1, 3), InlineData(Grade.E2, 2), InlineData(Grade.E3, 1)]
    public void What_held_is_ready_for_review_and_the_better_the_less_is_missing(Grade grade, int missing)
    {
        var state = Of("1.3", Piece(EvidenceState.Held, grade), Piece(EvidenceState.Held, Grade.E1, 3), Piece(EvidenceState.Watched, Grade.E3));

        Assert.Equal((LineStanding.ReadyForReview, grade, missing), (state.Standing, state.Best!.Value, state.Missing.Count));
        Assert.Equal((LineStates.Signature, Noted.AddHours(24)), (state.Missing[^1], state.Since));
        Assert.True(state.WantsReview);
    }

    [Fact]
    public void Words_make_a_line_ready_and_say_that_they_are_words_alone_where_devices_could_show_it()
    {
        var (shown, not) = (Of("1.3", new LineMaterial { Records = [new(Noted)] }), Of("2.1", new LineMaterial { Records = [new(Noted)] }));

        Assert.Equal((LineStanding.ReadyForReview, LineStanding.ReadyForReview, (Grade?)null), (shown.Standing, not.Standing, shown.Best));
        Assert.Equal(["anything that a device shows: the own words alone are E0", LineStates.Signature], shown.Missing);
        Assert.Equal([LineStates.Signature], not.Missing);
    }

    [Fact]
    public void Instruction_starts_with_its_record_and_no_device_shows_it()
    {
        var material = new LineMaterial { Records = [new(Noted)] };

        Assert.Equal((LineStanding.NotStarted, LineStanding.ReadyForReview), (Ri(new LineMaterial()).Standing, Ri(material).Standing));
        Assert.Equal(["a course or other instruction that was completed, with date, provider and hours"], Ri(new LineMaterial()).Missing);
        Assert.Equal([LineStates.Signature], Ri(material).Missing);
    }

    [Theory]
    [InlineData(DecisionKind.Returned, LineStanding.Returned), InlineData(DecisionKind.Revoked, LineStanding.Revoked)]
    public void What_was_given_back_says_why_and_is_ready_again_with_what_came_since(DecisionKind kind, LineStanding standing)
    {
        var decision = new LineDecision(kind, Noted.AddHours(30), "the second account is missing");
        var seen = Piece(EvidenceState.Held, Grade.E2) with { WasSeen = true };
        var back = Of("1.3", new LineMaterial { Evidence = [seen], Records = [new(Noted) { WasSeen = true }], Decision = decision });
        // Held before the decision by the clock, and yet not there to see: it lay in a batch.
        var again = Of("1.3", new LineMaterial { Evidence = [seen, Piece(EvidenceState.Held, Grade.E1, 2)], Decision = decision });
        var entered = Of("1.3", new LineMaterial { Evidence = [seen], Records = [new(Noted.AddHours(1))], Decision = decision });

        Assert.Equal((standing, "the second account is missing", Noted.AddHours(30), false), (back.Standing, back.Words, back.Since, back.WantsReview));
        Assert.Equal((LineStanding.ReadyForReview, Noted.AddHours(26)), (again.Standing, again.Since));
        Assert.Equal((LineStanding.ReadyForReview, Noted.AddHours(1)), (entered.Standing, entered.Since));
    }

    [Fact]
    public void What_is_signed_stays_signed_whatever_comes()
    {
        var state = Of("1.3", new LineMaterial { Evidence = [Piece(EvidenceState.Held, Grade.E2, 90)], Decision = new LineDecision(DecisionKind.SignedOff, Noted, "seen") { Best = Grade.E1 } });

        Assert.Equal((LineStanding.SignedOff, "seen", false, Grade.E1), (state.Standing, state.Words, state.WantsReview, state.Best!.Value));
        Assert.Empty(state.Missing);
    }

    [Theory]
    [InlineData(1, "one thing that was signed for counts less now"), InlineData(3, "3 things that were signed for count less now")]
    public void What_was_signed_for_and_counts_less_now_wants_a_second_look(int weakened, string words)
    {
        var state = Of("1.3", new LineMaterial { Decision = new LineDecision(DecisionKind.SignedOff, Noted, null) { Weakened = weakened } });

        Assert.Equal((LineStanding.SignedOff, true, true), (state.Standing, state.IsShaken, state.WantsReview));
        Assert.StartsWith(words, Assert.Single(state.Missing), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_returned_says_what_is_watched_since()
    {
        var state = Of("1.3", new LineMaterial { Evidence = [Piece(EvidenceState.Watched, Grade.E2)], Decision = new LineDecision(DecisionKind.Returned, Noted, "again") });

        Assert.Equal(LineStanding.Returned, state.Standing);
        Assert.Equal(["that it stays, to be seen from 2026-11-24 12:00 UTC on"], state.Missing);
    }

    private static LineState Of(string line, params LineEvidence[] evidence) => Of(line, new LineMaterial { Evidence = evidence });

    private static LineState Of(string line, LineMaterial material) => LineStates.Of(line, LineColumn.Ojt, material, PasswordsOnly.Policy);

    private static LineState Ri(LineMaterial material) => LineStates.Of("1.3", LineColumn.Ri, material, PasswordsOnly.Policy);

    private static LineEvidence Piece(EvidenceState state, Grade grade, int hours = 0) => new("account.added", state, grade, Noted.AddHours(hours), Noted.AddHours(hours + (state == EvidenceState.Watched ? 0 : 24)));
}
