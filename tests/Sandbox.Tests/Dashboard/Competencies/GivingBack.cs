using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Lines;
using Sandbox.Storage.People;

namespace Sandbox.Tests.Dashboard.Competencies;

/// <summary>Returning a line with a reason, and taking a signature back.</summary>
public sealed class GivingBack : LinesTest
{
    [Fact]
    public async Task A_returned_line_says_why_leaves_the_queue_and_comes_back_with_what_comes_next()
    {
        await EvidenceAsync();
        using var mentor = await AsMentorAsync();
        Assert.Contains("data-waiting=\"1.3-ojt\"", await mentor.ReadAsync("/competencies"), StringComparison.Ordinal);

        Done(await DecideAsync(mentor, Url, "return", "Do it once more with an account for somebody else.", password: ""));

        using var apprentice = await AsApprenticeAsync();
        Assert.Contains("Do it once more with an account for somebody else.", await apprentice.ReadAsync(Url), StringComparison.Ordinal);
        Assert.DoesNotContain("data-waiting=", await mentor.ReadAsync("/competencies"), StringComparison.Ordinal);

        Server.Time.Advance(TimeSpan.FromDays(2));
        await EvidenceAsync(device: "lab-08");
        using var later = await AsMentorAsync();
        Assert.Contains("data-waiting=\"1.3-ojt\"", await later.ReadAsync("/competencies"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""), InlineData("too short")]
    public async Task Nothing_is_returned_without_a_reason(string words)
    {
        await EvidenceAsync();
        using var mentor = await AsMentorAsync();

        await RefusedAsync(await DecideAsync(mentor, Url, "return", words), "Say what is missing");
    }

    [Fact]
    public async Task What_is_not_there_is_not_returned()
    {
        using var mentor = await AsMentorAsync();
        Assert.DoesNotContain("/ojt/return\"", await mentor.ReadAsync(Url), StringComparison.Ordinal);

        await RefusedAsync(await DecideAsync(mentor, Url, "return", "a reason of some length"), "nothing to return");
    }

    [Theory]
    [InlineData(Roles.Mentor), InlineData(Roles.Admin)]
    public async Task A_signature_is_taken_back_with_a_reason_and_both_stand_in_the_log(string role)
    {
        await EvidenceAsync(grade: Grade.E2);
        using var mentor = await AsMentorAsync();
        Done(await DecideAsync(mentor, Url, "sign"));
        using var other = await AsAsync(role);

        await RefusedAsync(await DecideAsync(other, Url, "revoke", "why"), "Say why the signature is revoked");
        Done(await DecideAsync(other, Url, "revoke", "The account was made by somebody else."));

        Assert.Equal(["signed", "revoked"], (await DecidedAsync()).Select(said => said.Decision));
        Assert.Equal((role, "password", 2u), ((await DecidedAsync())[1].Role, (await DecidedAsync())[1].ConfirmedBy, (await DecidedAsync())[1].Number));
        Assert.Contains("data-standing=\"Revoked\"", await mentor.ReadAsync($"/competencies/{Apprentice.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_password_nothing_is_taken_back()
    {
        await EvidenceAsync(grade: Grade.E2);
        using var mentor = await AsMentorAsync();
        Done(await DecideAsync(mentor, Url, "sign"));

        await RefusedAsync(await DecideAsync(mentor, Url, "revoke", "a reason of some length", "wrong"), "not your password");
        Assert.Single(await DecidedAsync());
    }

    [Fact]
    public async Task What_was_revoked_can_be_signed_again()
    {
        await EvidenceAsync(grade: Grade.E2);
        using var mentor = await AsMentorAsync();
        Done(await DecideAsync(mentor, Url, "sign"));
        Done(await DecideAsync(mentor, Url, "revoke", "signed on the wrong person"));

        Done(await DecideAsync(mentor, Url, "sign"));

        Assert.Equal([1u, 2u, 3u], (await DecidedAsync()).Select(said => said.Number));
    }

    [Theory]
    [InlineData(EvidenceState.Discounted, Grade.E2), InlineData(EvidenceState.Held, Grade.E1)]
    public async Task What_was_signed_for_and_counts_less_now_waits_for_a_second_look(EvidenceState state, Grade grade)
    {
        var item = await EvidenceAsync(grade: Grade.E2);
        using var mentor = await AsMentorAsync();
        Done(await DecideAsync(mentor, Url, "sign"));
        Assert.DoesNotContain("data-waiting=", await mentor.ReadAsync("/competencies"), StringComparison.Ordinal);

        await Server.InStoreAsync(db => db.Evidence.Where(e => e.Id == item.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.State, state).SetProperty(e => e.Grade, grade), Ct));

        Assert.Contains("signed, look again", await mentor.ReadAsync("/competencies"), StringComparison.Ordinal);
        Assert.Contains("one thing that was signed for counts less now", await mentor.ReadAsync(Url), StringComparison.Ordinal);
        Assert.Equal(LineStanding.SignedOff, await StandingAsync());
    }

    [Fact]
    public async Task What_counts_less_now_is_signed_again_on_what_stands()
    {
        var item = await EvidenceAsync(grade: Grade.E2);
        using var mentor = await AsMentorAsync();
        Done(await DecideAsync(mentor, Url, "sign"));
        await Server.InStoreAsync(db => db.Evidence.Where(e => e.Id == item.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Grade, Grade.E1), Ct));

        await RefusedAsync(await DecideAsync(mentor, Url, "sign"), "Say what you saw yourself");
        Done(await DecideAsync(mentor, Url, "sign", "I stood beside her when she did it."));

        Assert.DoesNotContain("data-waiting=", await mentor.ReadAsync("/competencies"), StringComparison.Ordinal);
        Assert.Equal(["E2", "E1"], (await DecidedAsync()).Select(said => said.Evidence.Single().Grade));
    }

    [Fact]
    public async Task A_piece_that_proves_more_than_when_it_was_returned_is_ready_again()
    {
        var item = await EvidenceAsync();
        using var mentor = await AsMentorAsync();
        Done(await DecideAsync(mentor, Url, "return", "Show that it was you who did it.", password: ""));
        Assert.DoesNotContain("data-waiting=", await mentor.ReadAsync("/competencies"), StringComparison.Ordinal);

        await Server.InStoreAsync(db => db.Evidence.Where(e => e.Id == item.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Grade, Grade.E2), Ct));

        Assert.Contains("data-waiting=\"1.3-ojt\"", await mentor.ReadAsync("/competencies"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_optional_counts_as_returned_as_well()
    {
        using var mentor = await AsMentorAsync();
        Done(await DecideAsync(mentor, UrlOf("3.1"), "sign", "Saw her set the projector up."));
        Done(await DecideAsync(mentor, UrlOf("3.1"), "revoke", "It was somebody else, I mixed them up."));

        Assert.Contains("1 returned or revoked", await mentor.ReadAsync($"/competencies/{Apprentice.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_who_was_an_apprentice_once_a_signature_can_still_be_read_and_taken_back()
    {
        await EvidenceAsync(grade: Grade.E2);
        using var mentor = await AsMentorAsync();
        Done(await DecideAsync(mentor, Url, "sign"));
        await BecomeAsync(Apprentice.Id, Roles.Mentor);

        Done(await DecideAsync(mentor, Url, "revoke", "It comes out that it was copied."));
        await RefusedAsync(await DecideAsync(mentor, Url, "sign", "words that are long enough"), "Only an apprentice's lines are signed");
    }

    private async Task<LineStanding> StandingAsync()
    {
        using var mentor = await AsMentorAsync();
        return (await mentor.ReadAsync($"/competencies/{Apprentice.Id}")).Contains("data-standing=\"SignedOff\"", StringComparison.Ordinal) ? LineStanding.SignedOff : LineStanding.NotStarted;
    }
}
