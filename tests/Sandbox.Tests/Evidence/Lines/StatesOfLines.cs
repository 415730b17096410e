using Sandbox.Evidence;
using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Lines;

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
    [InlineData("7.3", "under a policy that has a rule for it"), InlineData("7.4", "never taken from a device"), InlineData("2.1", "devices cannot show it"), InlineData("1.8", "licences that were bought"), InlineData("1.7", "mailboxes")]
    [InlineData("4.4", "that something was tested"), InlineData("7.6", "who of the staff")]
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
        var state = Of("1.3", Piece(EvidenceState.Held, grade), Piece(EvidenceState.Held, Grade.E1), Piece(EvidenceState.Watched, Grade.E3));

        Assert.Equal((LineStanding.ReadyForReview, grade, missing), (state.Standing, state.Best!.Value, state.Missing.Count));
        Assert.Contains("signature", state.Missing[^1], StringComparison.Ordinal);
    }

    private static LineState Of(string line, params LineEvidence[] evidence) => LineStates.Of(line, evidence, LabDefault.Policy);

    private static LineEvidence Piece(EvidenceState state, Grade grade, int hours = 0) => new("account.added", state, grade, Noted.AddHours(hours));
}
