using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sandbox.Ledger;
using static Sandbox.EndToEnd.LineForms;

namespace Sandbox.EndToEnd.Crediting;

/// <summary>What a real machine showed, as its apprentice, a mentor and another apprentice find it: how far each line is, down to the raw fact, and by which policy.</summary>
public sealed class ReadingRealWork(HeldWork work) : HeldWorkTest(work)
{
    private const float Longest = 15_000;
    private const string Sentence = "Password length on bench-seven went from 8 characters to 14 characters and held for 25 h";

    [Fact]
    public async Task All_lines_say_how_far_they_are_and_what_is_missing()
    {
        var page = Work.Apprentice;
        await page.GotoAsync($"{Lab.Page}/competencies");

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("My competencies");
        foreach (var (function, lines) in ((int Function, int Lines)[])[(1, 9), (4, 8), (7, 7)])
            await Assertions.Expect(page.Locator($"[data-line^='{function}.'] [data-column]")).ToHaveCountAsync(2 * lines);
        await Assertions.Expect(page.Locator("[data-line='7.1'] [data-column=ojt]")).ToHaveTextAsync("OJT in progress");
        await Assertions.Expect(page.Locator("[data-line='7.1'] [data-column=ri]")).ToHaveTextAsync("RI not started");
        await page.Locator("[data-line='7.2'] a").ClickAsync();
        await Assertions.Expect(page.Column(Ojt)).ToContainTextAsync("nothing on a machine has held yet");
        await Assertions.Expect(page.Column(Ri)).ToContainTextAsync("a course or other instruction that was completed, with date, provider and hours");
    }

    [Fact]
    public async Task What_is_still_watched_says_until_when_and_cannot_be_returned()
    {
        foreach (var page in (IPage[])[Work.Apprentice, Work.Mentor])
        {
            await page.GotoAsync(Work.Line("7.1"));
            await Assertions.Expect(page.Column(Ojt)).ToContainTextAsync("that it stays, to be seen from");
            await Assertions.Expect(page.Column("What machines show").Locator("[data-evidence]")).ToContainTextAsync(new Regex(@"watched\s*E1\s*nobody was seen doing it"));
        }

        await Assertions.Expect(Work.Mentor.Form(Ojt, "Return")).ToHaveCountAsync(0);
        await Assertions.Expect(await Work.Mentor.FillInAsync(Ojt, "Sign")).ToContainTextAsync("You sign that Ada Berg can do this, on your word alone.");
    }

    [Fact]
    public async Task Its_sentence_leads_down_to_the_raw_facts_and_not_for_another_apprentice()
    {
        foreach (var page in (IPage[])[Work.Apprentice, Work.Mentor])
        {
            await page.GotoAsync(Work.Line("1.3"));
            await page.GetByRole(AriaRole.Link, new() { Name = Sentence }).ClickAsync();

            await Assertions.Expect(page.Locator("main")).ToContainTextAsync(new Regex(@"Ada Berg\s*the device's owner at that time; a mentor signs in every case"));
            await Assertions.Expect(page.Locator("[data-chain=good]")).ToContainTextAsync(["That it changed: verified now", "That it was held: verified now"]);
            await Assertions.Expect(page.Locator("[data-inclusion=good]")).ToHaveCountAsync(2, new() { Timeout = Longest });
            Assert.Equal((8, 14, 14), (await RawLengthAsync(page, "before"), await RawLengthAsync(page, "after"), await RawLengthAsync(page, "still so")));
            foreach (var said in Bodies(EntryKind.Evidence).Select(body => body.Evidence).Where(said => said.Target == "password.min_length"))
                await Assertions.Expect(page.GetByText(Convert.ToHexStringLower(said.Report.Hash.Span)).First).ToBeVisibleAsync();
        }

        var address = Work.Mentor.Url;
        Assert.Equal(404, (await Work.OtherApprentice.GotoAsync(address))!.Status);
        await Assertions.Expect(Work.OtherApprentice.Locator("main")).ToContainTextAsync("There is no such evidence, or it is not yours.");
        await Work.OtherApprentice.GotoAsync($"{Lab.Page}/evidence");
        await Assertions.Expect(Work.OtherApprentice.Locator("main")).ToContainTextAsync("No evidence yet.");
    }

    [Fact]
    public async Task The_policy_says_what_it_judges_of_the_machine_and_of_no_machine_to_who_has_none()
    {
        foreach (var page in (IPage[])[Work.Apprentice, Work.Mentor])
        {
            await page.GotoAsync($"{Lab.Page}/policy");
            await Assertions.Expect(Rule(page, "password.min_length")).ToContainTextAsync("1 pass");
            await Assertions.Expect(Rule(page, "password.max_age_days").GetByRole(AriaRole.Link, new() { Name = "bench-seven" })).ToHaveCountAsync(1);
        }

        await Assertions.Expect(Work.Apprentice.Locator("main")).ToContainTextAsync("1 device of yours");
        await Work.OtherApprentice.GotoAsync($"{Lab.Page}/policy");
        await Assertions.Expect(Work.OtherApprentice.Locator("main")).ToContainTextAsync("0 devices of yours");
        await Assertions.Expect(Rule(Work.OtherApprentice, "password.min_length")).ToContainTextAsync("nothing yet");
        await Assertions.Expect(Work.OtherApprentice.Locator("main")).Not.ToContainTextAsync("bench-seven");

        Work.Agent.Files.SetMaxDays(90);

        await Assertions.Expect(Rule(Work.Mentor, "password.max_age_days")).Not.ToContainTextAsync("bench-seven", new() { Timeout = Longest });
        await Assertions.Expect(Rule(Work.Apprentice, "password.max_age_days")).Not.ToContainTextAsync("bench-seven", new() { Timeout = Longest });
    }

    private static ILocator Rule(IPage page, string rule) => page.Locator($"[data-demand='{rule}']");

    // The raw fact as a person unfolds and reads it.
    private static async Task<int> RawLengthAsync(IPage page, string which)
    {
        var raw = page.GetByRole(AriaRole.Group, new() { Name = $"Raw fact, {which}", IncludeHidden = true });
        await page.Locator("details").Filter(new() { Has = raw }).Locator("summary").ClickAsync();
        await Assertions.Expect(raw).ToBeVisibleAsync();
        using var fact = JsonDocument.Parse(await raw.InnerTextAsync());
        return fact.RootElement.GetProperty("password_policy").GetProperty("configured_min_length").GetInt32();
    }
}
