using System.Net;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Evidence.Crediting;
using Sandbox.Storage.People;

namespace Sandbox.Tests.Dashboard.Competencies;

/// <summary>A mentor signs, with the password and on what the page showed; it stands in the log.</summary>
public sealed class SigningOff : LinesTest
{
    [Fact]
    public async Task A_signature_stands_in_the_log_with_what_was_seen()
    {
        var item = await EvidenceAsync(grade: Grade.E2);
        using var mentor = await AsMentorAsync();

        Done(await DecideAsync(mentor, Url, "sign"));

        var said = Assert.Single(await DecidedAsync());
        Assert.Equal(("1.3", "ojt", "signed", "mentor", "password", 1u, false), (said.Line, said.Column, said.Decision, said.Role, said.ConfirmedBy, said.Number, said.HasWords));
        Assert.Equal((Apprentice.Id, Mentor.Id), (new Guid(said.PersonId.Span, bigEndian: true), new Guid(said.DecidedBy.Span, bigEndian: true)));
        Assert.Equal((item.Id, "E2"), (new Guid(Assert.Single(said.Evidence).EvidenceId.Span, bigEndian: true), said.Evidence[0].Grade));
        Assert.Equal(["a look after a restart, and a second machine that saw it or a seeded task, for E3"], said.Missing);
        Assert.StartsWith("Sets up user identifications", said.Wording, StringComparison.Ordinal);
        Assert.Equal(("Elif Yilmaz", "Mara Kessler", LabDefault.Name), (said.PersonName, said.DecidedByName, said.Policy));
        Assert.Equal(("policy.mended", "password.min_length", "14 characters"), (said.Evidence[0].Act, said.Evidence[0].Target, said.Evidence[0].After));
    }

    [Fact]
    public async Task The_page_shows_who_signed_and_asks_for_nothing_more()
    {
        await EvidenceAsync(grade: Grade.E2);
        using var mentor = await AsMentorAsync();
        Done(await DecideAsync(mentor, Url, "sign", "Asked her to explain it, which she could."));

        var page = await mentor.ReadAsync(Url);

        Assert.Contains("Mara Kessler", page, StringComparison.Ordinal);
        Assert.Contains("Asked her to explain it, which she could.", page, StringComparison.Ordinal);
        Assert.Contains("1 thing was there to see, at best E2", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/ojt/sign\"", page, StringComparison.Ordinal);
        Assert.Contains("/ojt/revoke\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Type your password"), InlineData("not the password at all", "That is not your password")]
    public async Task Without_the_password_nothing_is_signed_and_the_words_stay(string password, string words)
    {
        await EvidenceAsync();
        using var mentor = await AsMentorAsync();

        var answer = await DecideAsync(mentor, Url, "sign", "Saw her do it at the bench.", password);

        await RefusedAsync(answer, words);
        Assert.Contains("Saw her do it at the bench.", await TextAsync(answer), StringComparison.Ordinal);
        Assert.Empty(await DecidedAsync());
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_name_and_the_right_one_signs_nothing_either()
    {
        await EvidenceAsync(grade: Grade.E2);
        using var mentor = await AsMentorAsync();
        for (var i = 0; i < 5; i++) await DecideAsync(mentor, Url, "sign", password: "wrong " + i);

        await RefusedAsync(await DecideAsync(mentor, Url, "sign"), "locked for ten minutes");
        Assert.Empty(await DecidedAsync());
    }

    [Theory]
    [InlineData(null), InlineData(Grade.E1)]
    public async Task What_no_good_evidence_carries_takes_the_mentors_own_words(Grade? grade)
    {
        if (grade is { } held) await EvidenceAsync(grade: held);
        using var mentor = await AsMentorAsync();

        await RefusedAsync(await DecideAsync(mentor, Url, "sign", "ok"), "Say what you saw yourself");
        Done(await DecideAsync(mentor, Url, "sign", "She set up three accounts beside me."));

        Assert.Equal(grade, (await Server.InStoreAsync(db => db.SignOffs.SingleAsync(Ct))).Best);
    }

    [Fact]
    public async Task What_has_changed_since_the_page_was_opened_is_not_signed()
    {
        await EvidenceAsync(grade: Grade.E2);
        using var mentor = await AsMentorAsync();
        var page = await mentor.ReadAsync(Url);
        await EvidenceAsync(grade: Grade.E2, device: "lab-08");

        await RefusedAsync(await SendAsync(mentor, page, Url, "sign"), "changed meanwhile");
        Done(await DecideAsync(mentor, Url, "sign"));
        Assert.Equal(2, Assert.Single(await DecidedAsync()).Evidence.Count);
    }

    [Fact]
    public async Task Of_two_who_sign_at_once_the_second_is_told()
    {
        await EvidenceAsync(grade: Grade.E2);
        using var mentor = await AsMentorAsync();
        using var other = await AsAsync(Roles.Mentor);
        var page = await other.ReadAsync(Url);
        Done(await DecideAsync(mentor, Url, "sign"));

        await RefusedAsync(await SendAsync(other, page, Url, "sign"), "signed already");
        Assert.Single(await DecidedAsync());
    }

    [Theory]
    [InlineData(Roles.Admin, "sign"), InlineData(Roles.Auditor, "sign"), InlineData(Roles.Apprentice, "sign")]
    [InlineData(Roles.Admin, "return"), InlineData(Roles.Auditor, "return"), InlineData(Roles.Apprentice, "return")]
    [InlineData(Roles.Auditor, "revoke"), InlineData(Roles.Apprentice, "revoke")]
    public async Task Nobody_else_decides_and_nobody_else_is_shown_a_form(string role, string verb)
    {
        await EvidenceAsync(grade: Grade.E2);
        using var mentor = await AsMentorAsync();
        if (verb == "revoke") Done(await DecideAsync(mentor, Url, "sign"));
        Assert.Contains($"/{verb}\"", await mentor.ReadAsync(Url), StringComparison.Ordinal);
        var before = (await DecidedAsync()).Count;
        using var visitor = await AsRoleAsync(role);
        var page = await visitor.ReadAsync(Url);

        Assert.DoesNotContain($"/{verb}\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(visitor, page, Url, verb, "words that are long enough")).StatusCode);
        Assert.Equal(before, (await DecidedAsync()).Count);
    }

    [Fact]
    public async Task A_mentor_who_is_one_no_longer_signs_nothing_though_the_session_is_still_open()
    {
        await EvidenceAsync(grade: Grade.E2);
        using var mentor = await AsMentorAsync();
        var page = await mentor.ReadAsync(Url);
        await BecomeAsync(Mentor.Id, Roles.Auditor);

        await RefusedAsync(await SendAsync(mentor, page, Url, "sign"), "Only mentors sign");
    }

    [Fact]
    public async Task A_mentor_whom_an_admin_has_just_locked_returns_nothing_though_the_session_is_still_open()
    {
        await EvidenceAsync();
        using var mentor = await AsMentorAsync();
        var page = await mentor.ReadAsync(Url);
        await Server.InStoreAsync(db => db.Users.Where(p => p.Id == Mentor.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.LockoutEnd, new DateTimeOffset(9000, 1, 1, 0, 0, 0, TimeSpan.Zero)), Ct));

        await RefusedAsync(await SendAsync(mentor, page, Url, "return", "a reason of some length"), "Only mentors sign and return");
        await RefusedAsync(await SendAsync(mentor, page, Url, "sign", "a reason of some length"), "An admin has locked your name");
    }

    [Fact]
    public async Task All_that_held_is_on_the_page_and_the_form_says_on_how_much_is_signed()
    {
        for (var i = 0; i < 27; i++) await EvidenceAsync(grade: i == 0 ? Grade.E2 : Grade.E1, device: $"lab-{i:00}");
        using var mentor = await AsMentorAsync();

        var page = await mentor.ReadAsync(Url);

        Assert.Equal(27, System.Text.RegularExpressions.Regex.Count(page, "data-evidence="));
        Assert.Contains("27 pieces of evidence that held, at best E2", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_apprentice_is_signed_for()
    {
        using var other = await AsAsync(Roles.Mentor);
        var page = await other.ReadAsync(Url);

        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/competencies/{Mentor.Id}/1.3")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(other, page, $"/competencies/{Mentor.Id}/1.3", "sign", "words that are long enough")).StatusCode);
        Assert.Empty(await DecidedAsync());
    }

    [Theory]
    [InlineData("9.9", "ojt"), InlineData("1.3", "both")]
    public async Task What_the_schedule_does_not_have_is_not_found(string line, string column)
    {
        using var mentor = await AsMentorAsync();
        var page = await mentor.ReadAsync(Url);

        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(mentor, page, UrlOf(line), "sign", "words that are long enough", column: column)).StatusCode);
    }

    [Fact]
    public async Task Open_pages_about_lines_hear_of_it_and_the_apprentices_own_as_well()
    {
        await EvidenceAsync(grade: Grade.E2);
        using var mentor = await AsMentorAsync();
        using var apprentice = await AsApprenticeAsync();
        using var stream = await apprentice.OpenStreamAsync("/live?about=lines");
        Assert.Equal("event: hello", await stream.ReadLineAsync(Ct));

        Done(await DecideAsync(mentor, Url, "sign"));

        string? line;
        while ((line = await stream.ReadLineAsync(Ct)) != "event: change") Assert.NotNull(line);
    }

    [Fact]
    public async Task The_page_of_the_log_says_it_in_words()
    {
        await EvidenceAsync(grade: Grade.E2);
        using var mentor = await AsMentorAsync();
        Done(await DecideAsync(mentor, Url, "sign", "Very careful work."));

        Assert.Contains("line 1.3, on-the-job training: signed by a mentor: Very careful work.", WebUtility.HtmlDecode(await mentor.ReadAsync("/log?kind=signoff")), StringComparison.Ordinal);
    }
}
