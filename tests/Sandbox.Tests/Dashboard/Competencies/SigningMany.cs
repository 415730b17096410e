using System.Net;
using System.Text.RegularExpressions;
using Sandbox.Evidence.Crediting;
using Sandbox.Storage.People;

namespace Sandbox.Tests.Dashboard.Competencies;

/// <summary>A mentor signs several lines of the queue with one password, each on what its row showed.</summary>
public sealed partial class SigningMany : LinesTest
{
    [Fact]
    public async Task Each_is_a_decision_of_its_own_on_its_own_evidence()
    {
        await TwoWaitAsync();
        using var mentor = await AsMentorAsync();

        Done(await SignAsync(mentor, await mentor.ReadAsync("/competencies")));

        var said = await DecidedAsync();
        Assert.Equal([("1.3", "signed", "password", 1), ("1.3", "signed", "password", 1)], said.Select(one => (one.Line, one.Decision, one.ConfirmedBy, one.Evidence.Count)));
        Assert.Equal(2, said.Select(one => one.PersonId).Distinct().Count());
        Assert.DoesNotContain("data-waiting=", await mentor.ReadAsync("/competencies"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changed_since_the_page_was_opened_is_left_out_and_said()
    {
        await TwoWaitAsync();
        using var mentor = await AsMentorAsync();
        var page = await mentor.ReadAsync("/competencies");
        await EvidenceAsync(grade: Grade.E2, device: "lab-09");

        var answer = await SignAsync(mentor, page);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var text = await TextAsync(answer);
        Assert.Contains("1 signed, 1 left out", text, StringComparison.Ordinal);
        Assert.Contains("1.3 of Elif Yilmaz, On-the-job training</strong>: What you saw has changed meanwhile", text, StringComparison.Ordinal);
        Assert.Equal("Noor Haddad", Assert.Single(await DecidedAsync()).PersonName);
    }

    [Fact]
    public async Task What_takes_the_mentors_own_words_cannot_be_ticked_and_is_left_out_when_it_is_sent_all_the_same()
    {
        await EvidenceAsync(grade: Grade.E1);
        using var mentor = await AsMentorAsync();
        var page = await mentor.ReadAsync("/competencies");

        Assert.Empty(Boxes().Matches(page));
        Assert.Contains("takes your words", page, StringComparison.Ordinal);
        var answer = await SendAsync(mentor, page, [$"{Apprentice.Id} 1.3 ojt 0123"]);
        Assert.Contains("0 signed, 1 left out", await TextAsync(answer), StringComparison.Ordinal);
        Assert.Empty(await DecidedAsync());
    }

    [Theory]
    [InlineData("wrong", "That is not your password"), InlineData("", "Type your password")]
    public async Task Without_the_password_none_is_signed(string password, string words)
    {
        await TwoWaitAsync();
        using var mentor = await AsMentorAsync();

        var answer = await SignAsync(mentor, await mentor.ReadAsync("/competencies"), password);

        await RefusedAsync(answer, words);
        Assert.Empty(await DecidedAsync());
        Assert.Equal(2, Boxes().Count(await TextAsync(answer)));
        Assert.Equal(2, TickedBoxes().Count(await TextAsync(answer)));
    }

    [Theory]
    [InlineData(null, "Choose at least one line"), InlineData("no box", "Choose the lines from the list")]
    public async Task What_is_no_choice_is_refused_in_words(string? column, string words)
    {
        using var mentor = await AsMentorAsync();

        await RefusedAsync(await SendAsync(mentor, await mentor.ReadAsync("/competencies"), column is null ? [] : [column]), words);
    }

    [Theory]
    [InlineData(Roles.Admin), InlineData(Roles.Auditor), InlineData(Roles.Apprentice)]
    public async Task Nobody_else_signs_and_nobody_else_is_shown_boxes(string role)
    {
        await TwoWaitAsync();
        using var mentor = await AsMentorAsync();
        var boxes = Boxes().Matches(await mentor.ReadAsync("/competencies")).Select(box => box.Groups[1].Value).ToArray();
        using var visitor = await AsRoleAsync(role);
        var page = await visitor.ReadAsync("/competencies");

        Assert.DoesNotContain("sign-many", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(visitor, page, boxes)).StatusCode);
        Assert.Empty(await DecidedAsync());
    }

    private async Task TwoWaitAsync()
    {
        await EvidenceAsync(grade: Grade.E2);
        var noor = await SeedAsync(lab => lab.PersonAsync("noor", "Noor Haddad", Roles.Apprentice));
        await EvidenceAsync(grade: Grade.E2, device: "lab-08", of: noor);
    }

    private static Task<HttpResponseMessage> SignAsync(Visitor who, string page, string password = LabSeed.Password) => SendAsync(who, page, [.. Boxes().Matches(page).Select(box => box.Groups[1].Value)], password);

    private static Task<HttpResponseMessage> SendAsync(Visitor who, string page, string[] boxes, string password = LabSeed.Password) =>
        who.SendBareFormAsync("/competencies/sign", [.. boxes.Select(box => ("column", box)), ("password", password), ("__RequestVerificationToken", Token().Match(page).Groups[1].Value)]);

    [GeneratedRegex("name=\"column\" value=\"[^\"]+\" checked")]
    private static partial Regex TickedBoxes();

    [GeneratedRegex("name=\"column\" value=\"([^\"]+)\"")]
    private static partial Regex Boxes();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
