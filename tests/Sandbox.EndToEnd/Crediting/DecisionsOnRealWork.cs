using Microsoft.Playwright;
using Sandbox.EndToEnd.Harness;
using Sandbox.Ledger;
using Sandbox.Protocol;
using static Sandbox.EndToEnd.LineForms;

namespace Sandbox.EndToEnd.Crediting;

/// <summary>People decide about, read and answer what a real machine showed, each in a window of their own; the log says who decided what.</summary>
public sealed class DecisionsOnRealWork(HeldWork work) : HeldWorkTest(work)
{
    private const string Missing = "Tell me why it is fourteen, and whom you told.";
    private const string Stale = "This has changed since you opened the page";
    private const string Told = "Ada told the help desk, and me why length matters.";
    private const string TakenBack = "The help desk knows nothing of it.";
    private const string Talk = "How certificates expire unseen. We should alert on the days that are left, and not on the day itself. I asked the speaker what they use for that.";

    // What a form of line 7.1 leads to, and why even a mentor is refused there: what machines show of it is still watched.
    private static readonly (string To, string Why)[] Refused =
    [
        ("ojt/sign", "What you saw has changed meanwhile"), ("ojt/return", "There is nothing to return yet"),
        ("ojt/revoke", "There is no signature to revoke"), ("ri/sign", "Related instruction is signed on a record of it"),
    ];

    [Fact]
    public async Task A_line_is_returned_answered_and_signed_in_each_column_and_one_signature_is_taken_back()
    {
        var (mentor, apprentice) = (Work.Mentor, Work.Apprentice);
        await apprentice.GotoAsync(Work.Line("1.3"));
        await ReadsAsync(apprentice, Ojt, "ready for review", "E1: the state changed; who did it is not known for sure");
        await mentor.GotoAsync($"{Lab.Page}/competencies");
        await mentor.GetByRole(AriaRole.Link, new() { NameRegex = new("^1.3 ") }).ClickAsync();

        await mentor.DecideAsync(Ojt, "Return", Missing);
        await ReadsAsync(apprentice, Ojt, "returned", Missing);
        await Assertions.Expect(apprentice.GetByText(Stale)).ToHaveCountAsync(0);
        await EnterAsync(apprentice, Ri, "Enter instruction", ("Completed on", Day(-40)), ("Provider and course", "City college, Linux administration"), ("Hours", "16"));
        await EnterAsync(apprentice, Ojt, "Enter what was done", ("Day", Day(0)), ("Where", "The help desk"), ("What was done", "Told them that passwords have fourteen characters now."));
        await Assertions.Expect(mentor.Column(Ojt).GetByText(Stale)).ToBeVisibleAsync();
        await mentor.ReloadAsync();

        await mentor.DecideAsync(Ojt, "Sign", Told, "correct horse battery staple 8");
        await Assertions.Expect(mentor.GetByRole(AriaRole.Alert)).ToContainTextAsync("That is not your password. Nothing was decided.");
        await Assertions.Expect(mentor.Form(Ojt, "Sign").GetByLabel("What you saw yourself")).ToHaveValueAsync(Told);
        await mentor.DecideAsync(Ojt, "Sign", Told);
        await ReadsAsync(apprentice, Ojt, "signed", Told);
        await ReadsAsync(apprentice, Ri, "ready for review", "City college, Linux administration");
        await mentor.DecideAsync(Ri, "Sign", "");
        await ReadsAsync(apprentice, Ri, "signed", "by Mina Kaya");

        await mentor.DecideAsync(Ojt, "Revoke the signature", TakenBack);
        await ReadsAsync(apprentice, Ojt, "revoked", TakenBack);
        await ReadsAsync(apprentice, Ri, "signed", "by Mina Kaya");
        await mentor.GotoAsync($"{Lab.Page}/log?kind=signoff");
        await Assertions.Expect(mentor.Locator("main")).ToContainTextAsync($"line 1.3, on-the-job training: revoked by a mentor: {TakenBack}");
        Assert.Equal(
            [("ojt", "returned", Missing, ""), ("ojt", "signed", Told, "password"), ("ri", "signed", "", "password"), ("ojt", "revoked", TakenBack, "password")],
            Decided("1.3").Select(said => (said.Column, said.Decision, said.Words, said.ConfirmedBy)));
        Assert.All(Decided("1.3"), said => Assert.Equal(("Mina Kaya", "mentor", "Ada Berg"), (said.DecidedByName, said.Role, said.PersonName)));
        Assert.Equal([("E1", "password.min_length", 1), ("E1", "password.min_length", 1)], Decided("1.3").Where(said => said.Column == "ojt").Skip(1).Select(said => (said.Evidence[0].Grade, said.Evidence[0].Target, said.Records.Count)));
    }

    [Fact]
    public async Task An_entry_of_the_learning_log_is_refused_when_it_is_old_and_signed_on_the_mentors_words()
    {
        var (mentor, apprentice) = (Work.Mentor, Work.Apprentice);
        await apprentice.GotoAsync(Work.Line("7.4"));
        await ReadsAsync(apprentice, Ojt, "not started", "is never taken from a device: the mentor notes the date, the source and what was learnt");

        await EnterAsync(apprentice, Ojt, "Add to the learning log", ("Day", Day(-31)), ("Event, book, article or person", "Admins' evening"), ("What you took from it", Talk));
        await Assertions.Expect(apprentice.GetByRole(AriaRole.Alert)).ToContainTextAsync("is more than 30 days ago: the learning log is kept as one goes");
        await Assertions.Expect(apprentice.Form(Ojt, "Add to the learning log").GetByLabel("What you took from it")).ToHaveValueAsync(Talk);
        await EnterAsync(apprentice, Ojt, "Add to the learning log", ("Day", Day(-1)));
        await ReadsAsync(apprentice, Ojt, "ready for review", Talk);
        await mentor.GotoAsync($"{Lab.Page}/competencies");
        await Assertions.Expect(mentor.Locator("[data-waiting='7.4-ojt']")).ToContainTextAsync("takes your words");
        await mentor.GetByRole(AriaRole.Link, new() { NameRegex = new("^7.4 ") }).ClickAsync();
        await mentor.DecideAsync(Ojt, "Sign", "She told us about it the day after.");

        await ReadsAsync(apprentice, Ojt, "signed", "She told us about it the day after.");
        var said = Assert.Single(Decided("7.4"));
        Assert.Equal((0, 1), (said.Evidence.Count, said.Records.Count));
        var entered = Assert.Single(Bodies(EntryKind.Learning), body => body.LearningEntered.Line == "7.4").LearningEntered;
        Assert.Equal((said.Records[0].Id, Day(-1), "Admins' evening", Talk), (entered.Id, entered.Day, entered.Source, entered.Summary));
    }

    [Fact]
    public async Task Nobody_but_a_mentor_decides_and_another_apprentice_does_not_even_read_it()
    {
        var before = (Bodies(EntryKind.SignOff).Count, Bodies(EntryKind.Learning).Count);

        foreach (var reader in (IPage[])[Work.Auditor, Work.Apprentice])
        {
            await reader.GotoAsync(Work.Line("1.3"));
            await Assertions.Expect(reader.Column(Ojt)).ToContainTextAsync("E1");
            foreach (var button in (string[])["Sign", "Return", "Revoke the signature"]) await Assertions.Expect(reader.GetByText(button, new() { Exact = true })).ToHaveCountAsync(0);
        }

        Assert.Equal(404, (await Work.OtherApprentice.GotoAsync(Work.Line("1.3")))!.Status);
        await Assertions.Expect(Work.OtherApprentice.Locator("main")).ToContainTextAsync("There is no such line, or it is not yours.");
        foreach (var (to, why) in Refused)
        {
            foreach (var page in (IPage[])[Work.Auditor, Work.Apprentice, Work.OtherApprentice]) Assert.Equal((to, "403 Not for your role"), (to, await PostAsync(page, to)));
            // The role kept the others out, and not what was sent.
            Assert.Contains($"400 {why}", await PostAsync(Work.Mentor, to), StringComparison.Ordinal);
        }

        Assert.Equal("403 Not for your role", await PostAsync(Work.Auditor, "ri/records"));
        Assert.Equal("404 Not found", await PostAsync(Work.OtherApprentice, "ri/records"));
        Assert.Equal(before, (Bodies(EntryKind.SignOff).Count, Bodies(EntryKind.Learning).Count));
    }

    private static async Task EnterAsync(IPage page, string column, string button, params (string Label, string Text)[] fields) =>
        await page.SubmitAsync(await page.FillInAsync(column, button, fields), "Enter it");

    // Without a reload, where somebody else changed it.
    private static async Task ReadsAsync(IPage page, string column, string state, string words)
    {
        await Assertions.Expect(page.Column(column).Locator(".card-head")).ToContainTextAsync(state, new() { Timeout = 15_000 });
        await Assertions.Expect(page.Column(column)).ToContainTextAsync(words);
    }

    // A form of theirs with the password that is right and words that would do, sent where no form of theirs leads.
    private async Task<string> PostAsync(IPage page, string to)
    {
        await page.GotoAsync(Lab.Page + "/");
        return await page.EvaluateAsync<string>(
            """
            async ([url, password]) => {
                const form = new FormData(document.querySelector("form[action='/sign-out']"));
                form.set("words", "This was never decided.");
                form.set("password", password);
                const answer = await fetch(url, { method: "POST", body: form, headers: { Accept: "text/html" } });
                const page = new DOMParser().parseFromString(await answer.text(), "text/html");
                return `${answer.status} ${(page.querySelector("[role=alert]") ?? page.querySelector("h1")).textContent.trim()}`;
            }
            """, new[] { $"{Work.Line("7.1")}/{to}", LabBrowser.Password });
    }

    private IReadOnlyList<LineDecided> Decided(string line) => [.. Bodies(EntryKind.SignOff).Select(body => body.LineDecided).Where(said => said.Line == line)];

    private static string Day(int fromNow) => $"{TimeProvider.System.GetUtcNow().AddDays(fromNow):yyyy-MM-dd}";
}
