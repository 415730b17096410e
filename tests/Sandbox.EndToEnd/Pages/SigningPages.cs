using Microsoft.Playwright;
using Sandbox.Tests.Dashboard;

namespace Sandbox.EndToEnd.Pages;

/// <summary>Deciding about lines in a browser: what is typed, what is refused, and that the apprentice's open page follows.</summary>
public sealed class SigningPages(PagesServer server, Chromium chromium) : PageTest(server, chromium)
{
    [Fact]
    public async Task A_mentor_signs_an_entry_of_the_learning_log_and_takes_it_back_while_the_apprentice_looks()
    {
        var apprentice = await SignInAsync("elif");
        await apprentice.GotoAsync($"{Server.Url}/competencies");
        await Assertions.Expect(Column(apprentice)).ToContainTextAsync("ready for review");
        var mentor = await SignInAsync("mina");
        await mentor.GotoAsync($"{Server.Url}/competencies");
        await mentor.Locator("[data-waiting='7.4-ojt'] a").First.ClickAsync();

        await DecideAsync(mentor, "Sign", "Told me about it the day after.", "wrong");
        await Assertions.Expect(mentor.GetByRole(AriaRole.Alert)).ToContainTextAsync("That is not your password");
        await Assertions.Expect(mentor.Locator("#ojt details[open] textarea")).ToHaveValueAsync("Told me about it the day after.");
        await mentor.Locator("#ojt details[open] [type=password]").FillAsync(LabSeed.Password);
        await mentor.Locator("#ojt details[open] [type=submit]").ClickAsync();
        await Assertions.Expect(Column(apprentice)).ToContainTextAsync("signed");

        await DecideAsync(mentor, "Revoke the signature", "The talk was another day.", LabSeed.Password);
        await Assertions.Expect(Column(apprentice)).ToContainTextAsync("revoked");
        await mentor.Context.CloseAsync();
        await apprentice.Context.CloseAsync();
    }

    [Fact]
    public async Task An_apprentice_enters_a_course_with_its_certificate()
    {
        var page = await SignInAsync("elif");
        await page.GotoAsync($"{Server.Url}/competencies/{Server.Elif.Id}/4.3");
        await page.GetByText("Enter instruction").ClickAsync();

        await page.GetByLabel("Completed on").FillAsync("2026-10-02");
        await page.GetByLabel("Provider and course").FillAsync("Network school, firewalls");
        await page.GetByLabel("Hours", new() { Exact = true }).FillAsync("16");
        await page.Locator("#ri-record-file").SetInputFilesAsync(new FilePayload { Name = "firewalls.pdf", MimeType = "application/pdf", Buffer = [1, 2, 3] });
        await page.Locator("#ri details[open] [type=submit]").ClickAsync();

        await Assertions.Expect(page.Locator("#ri")).ToContainTextAsync("firewalls.pdf, 3 bytes, SHA-256 039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
        await Assertions.Expect(page.Locator("#ri .card-head")).ToContainTextAsync("ready for review");
        await page.Context.CloseAsync();
    }

    private static ILocator Column(IPage page) => page.Locator("[data-line='7.4'] [data-column=ojt]");

    private static async Task DecideAsync(IPage page, string what, string words, string password)
    {
        var form = page.Locator("#ojt details").Filter(new() { Has = page.Locator("summary", new() { HasTextString = what }) });
        await form.Locator("summary").ClickAsync();
        await form.Locator("textarea").FillAsync(words);
        await form.Locator("[type=password]").FillAsync(password);
        await form.Locator("[type=submit]").ClickAsync();
    }
}
