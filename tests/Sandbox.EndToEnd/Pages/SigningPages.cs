using Microsoft.Playwright;
using Sandbox.EndToEnd.Harness;
using Sandbox.Tests.Dashboard;
using static Sandbox.EndToEnd.LineForms;

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

        await mentor.DecideAsync(Ojt, "Sign", "Told me about it the day after.", "wrong");
        await Assertions.Expect(mentor.GetByRole(AriaRole.Alert)).ToContainTextAsync("That is not your password");
        await Assertions.Expect(mentor.Locator("#ojt details[open] textarea")).ToHaveValueAsync("Told me about it the day after.");
        await mentor.Locator("#ojt details[open] [type=password]").FillAsync(LabSeed.Password);
        await mentor.Locator("#ojt details[open] [type=submit]").ClickAsync();
        await Assertions.Expect(Column(apprentice)).ToContainTextAsync("signed");

        await mentor.DecideAsync(Ojt, "Revoke the signature", "The talk was another day.", LabSeed.Password);
        await Assertions.Expect(Column(apprentice)).ToContainTextAsync("revoked");
        await mentor.Context.CloseAsync();
        await apprentice.Context.CloseAsync();
    }

    [Fact]
    public async Task An_apprentice_enters_a_course_with_its_certificate()
    {
        var page = await SignInAsync("elif");

        await OpenCourseAsync(page, "4.3", "Network school, firewalls");
        await page.Locator("#ri-record-file").SetInputFilesAsync(new FilePayload { Name = "firewalls.pdf", MimeType = "application/pdf", Buffer = [1, 2, 3] });
        await page.Locator("#ri details[open] [type=submit]").ClickAsync();

        await Assertions.Expect(page.Locator("#ri")).ToContainTextAsync("firewalls.pdf, 3 bytes, SHA-256 039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
        await Assertions.Expect(page.Locator("#ri .card-head")).ToContainTextAsync("ready for review");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_box_that_is_ticked_goes_with_what_its_row_showed_and_those_that_are_ticked_are_signed_at_once()
    {
        var (apprentice, mentor) = (await SignInAsync("elif"), await SignInAsync("mina"));
        await mentor.GotoAsync($"{Server.Url}/competencies");
        await EnterCourseAsync(apprentice, "4.4", "Directory school, groups");
        var box = mentor.Locator("[data-waiting='4.4-ri'] [type=checkbox]");
        await box.CheckAsync();

        await EnterCourseAsync(apprentice, "4.4", "Directory school, roles");
        await Assertions.Expect(mentor.Locator("[data-waiting='4.4-ri']")).ToContainTextAsync("2 records");
        await Assertions.Expect(box).Not.ToBeCheckedAsync();

        await box.CheckAsync();
        await mentor.Locator("#sign-many-password").FillAsync(LabSeed.Password);
        await mentor.Locator("#sign-many [type=submit]").ClickAsync();
        await Assertions.Expect(mentor.Locator("[data-waiting='4.4-ri']")).ToHaveCountAsync(0);
        await mentor.GotoAsync($"{Server.Url}/competencies/{Server.Elif.Id}/4.4");
        await Assertions.Expect(mentor.Locator("#ri .card-head")).ToContainTextAsync("signed");
        await mentor.Context.CloseAsync();
        await apprentice.Context.CloseAsync();
    }

    [Fact]
    public async Task A_file_that_is_far_too_large_gets_an_answer_that_a_browser_shows()
    {
        using var folder = new TemporaryFolder();
        var file = folder.At("scan.pdf");
        await File.WriteAllBytesAsync(file, new byte[48_000_000], TestContext.Current.CancellationToken);
        var page = await SignInAsync("elif");
        await OpenCourseAsync(page, "4.5", "Network school");
        await page.Locator("#ri-record-file").SetInputFilesAsync(file);
        await page.Locator("#ri details[open] [type=submit]").ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Too large");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("at most 20 MB");
        await page.Context.CloseAsync();
    }

    private async Task EnterCourseAsync(IPage page, string line, string course)
    {
        await OpenCourseAsync(page, line, course);
        await page.Locator("#ri details[open] [type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("#ri")).ToContainTextAsync(course);
    }

    private async Task OpenCourseAsync(IPage page, string line, string course)
    {
        await page.GotoAsync($"{Server.Url}/competencies/{Server.Elif.Id}/{line}");
        await page.FillInAsync(Ri, "Enter instruction", ("Completed on", "2026-10-02"), ("Provider and course", course), ("Hours", "16"));
    }

    private static ILocator Column(IPage page) => page.Locator("[data-line='7.4'] [data-column=ojt]");
}
