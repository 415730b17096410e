using System.IO.Compression;
using Microsoft.Playwright;
using Sandbox.EndToEnd.Harness;
using static Sandbox.EndToEnd.LineForms;

namespace Sandbox.EndToEnd.Pictures;

/// <summary>
/// The pictures of the READMEs: a real server, a real machine of an apprentice, and her edits, one of which held for a day. The day is real for both
/// programs: they run with a clock that is 25 hours behind, and then with the right one. <c>tests/run pictures</c> keeps the pictures.
/// </summary>
public sealed class OfARealRun(Chromium chromium) : WindowTest(chromium)
{
    private const int PatienceMs = 30_000;

    [Fact, Nightly]
    public async Task An_edit_that_held_for_a_day_is_proved_down_to_its_leaf()
    {
        await AfterADayAsync();
        var page = await SignInAsync();

        await page.GotoAsync(Lab.Page + "/evidence");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Password length") }).First.ClickAsync();

        await ShowsAsync(page, "held for 25 h");
        await ShowsAsync(page, "verified now");
        await ShowsAsync(page, "included in the checkpoint");
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("the log does not say");
        await KeepAsync(page, "evidence", whole: true);

        await ElifLinesAsync(page, "ready for review");
        await AMentorSignsAsync();
        await ElifLinesAsync(page, "signed");
        await page.GotoAsync(Lab.Page + "/log?kind=signoff");
        await ShowsAsync(page, "line 1.3, on-the-job training: signed by a mentor: Elif explained why the length matters.");
        await TheRecordGoesHomeAsync(page);
    }

    [Fact]
    public async Task A_machine_is_let_in_and_its_page_changes_while_one_looks()
    {
        await AddElifAsync();
        var page = await SignInAsync();
        await page.GotoAsync(Lab.Page + "/enrol");
        await page.Locator("#person").SelectOptionAsync(new SelectOptionValue { Label = "Elif Yılmaz (elif)" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a join code" }).ClickAsync();
        await LiveAsync(page);
        await KeepAsync(page, "enrol", whole: true);

        var agent = Prepared("bench-seven");
        _ = (await agent.EnrolAsync(await page.GetByRole(AriaRole.Group, new() { Name = "Join code", Exact = true }).InnerTextAsync(), Ct)).Worked;
        agent.Start();
        await page.GetByRole(AriaRole.Link, new() { Name = "Open bench-seven" }).ClickAsync(new() { Timeout = PatienceMs });
        await LiveAsync(page);
        await Assertions.Expect(Verdict(page, "password.max_age_days", "fail")).ToBeVisibleAsync(new() { Timeout = PatienceMs });

        agent.Files.SetMaxDays(90);

        await Assertions.Expect(Verdict(page, "password.max_age_days", "pass")).ToBeVisibleAsync(new() { Timeout = PatienceMs });
        await KeepAsync(page, "device", whole: false);
    }

    // What the admin sees of the line while it is decided about, without a reload in between.
    private async Task ElifLinesAsync(IPage page, string state)
    {
        if (!page.Url.Contains("/competencies/", StringComparison.Ordinal))
        {
            await page.GotoAsync(Lab.Page + "/competencies");
            await page.GetByRole(AriaRole.Link, new() { Name = "Elif Yılmaz" }).First.ClickAsync();
        }

        await Assertions.Expect(page.Locator("[data-line='1.3'] [data-column=ojt]")).ToContainTextAsync(state, new() { Timeout = PatienceMs });
    }

    // Mina comes by her one-time link, finds the line in her queue and signs it.
    private async Task AMentorSignsAsync()
    {
        var link = (await Lab.CommandAsync(Ct, "people", "add", "mina", "--role", "mentor")).Worked;
        var page = await Chromium.Browser.OpenAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 }, ReducedMotion = ReducedMotion.Reduce });
        await LabBrowser.JoinAsync(page, Lab, link, "Mina Kaya");
        await page.GotoAsync(Lab.Page + "/competencies");
        await KeepAsync(page, "queue", whole: true);
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^1.3 ") }).ClickAsync();
        var form = await page.FillInAsync(Ojt, "Sign", ("What you saw yourself", "Elif explained why the length matters."), ("Your password", LabBrowser.Password));
        await KeepAsync(page, "line", whole: true);
        await form.GetByRole(AriaRole.Button, new() { Name = "Sign" }).ClickAsync();
        await ShowsAsync(page, "Mina Kaya");
        await Assertions.Expect(page.Locator("#ojt .card-head")).ToContainTextAsync("signed");
    }

    // The bundle is made on the page, proved by the auditor's program with the key alone, and its schedule is read without the server.
    private async Task TheRecordGoesHomeAsync(IPage page)
    {
        using var home = new TemporaryFolder();
        await page.GotoAsync(Lab.Page + "/export");
        await page.GetByLabel("About").SelectOptionAsync(new SelectOptionValue { Label = "Elif Yılmaz" });
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Make the bundle" }).ClickAsync());
        await download.SaveAsAsync(home.At("elif.zip"));

        var key = (await Lab.AnswerAsync(Ct, "log", "status")).Split('\n').Single(line => line.StartsWith("key: ", StringComparison.Ordinal))["key: ".Length..].Trim();
        await using var program = RunningProgram.Start("sandbox-verify", "env", [$"XDG_STATE_HOME={home.At("state")}", Programs.Verify, home.At("elif.zip"), "--key", key]);
        var verified = new Outcome(await program.WaitForExitAsync(Ct), program.Log);
        Assert.Contains("1.3 OJT of Elif Yılmaz: signed by Mina Kaya (mentor)", verified.Output, StringComparison.Ordinal);
        // This server was set up by the right clock, and set back for the day that passed: it sees just that.
        Assert.Equal(1, verified.ExitCode);
        Assert.All(verified.Output.Split('\n').SkipWhile(line => line != "FAULTS:").Skip(1).TakeWhile(line => line.Length > 0), fault => Assert.Contains("25 hours before entry", fault, StringComparison.Ordinal));

        await ZipFile.ExtractToDirectoryAsync(home.At("elif.zip"), home.At("elif"), Ct);
        await page.GotoAsync(new Uri(home.At("elif/schedule.html")).AbsoluteUri);
        await Assertions.Expect(page.Locator("table")).ToContainTextAsync("Mina Kaya");
        await KeepAsync(page, "schedule", whole: false);
    }

    private static ILocator Verdict(IPage page, string rule, string verdict) => page.Locator($"tr[data-rule=\"{rule}\"][data-subject=\"\"][data-verdict=\"{verdict}\"]");

    private static Task ShowsAsync(IPage page, string words) => Assertions.Expect(page.Locator("main")).ToContainTextAsync(words, new() { Timeout = PatienceMs });

    private static Task LiveAsync(IPage page) => Assertions.Expect(page.Locator("[data-live-state=live]")).ToBeVisibleAsync(new() { Timeout = PatienceMs });

    private static async Task KeepAsync(IPage page, string name, bool whole)
    {
        if (Environment.GetEnvironmentVariable("SANDBOX_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = whole, Animations = ScreenshotAnimations.Disabled });
    }

    // The machine of somebody who has mended nothing yet.
    private LabAgent Prepared(string name)
    {
        var agent = Lab.AddAgent(name);
        agent.Files.Write("etc/security/pwquality.conf", "minlen = 8\n");
        agent.Files.Write("etc/security/faillock.conf", "deny = 5\nunlock_time = 900\n");
        agent.Files.Write("etc/pam.d/common-password",
            "password requisite pam_pwquality.so retry=3\npassword required pam_pwhistory.so remember=5 use_authtok\npassword [success=1 default=ignore] pam_unix.so obscure use_authtok yescrypt\n");
        agent.Files.Write("etc/pam.d/common-auth",
            "auth required pam_faillock.so preauth\nauth [success=1 default=ignore] pam_unix.so\nauth [default=die] pam_faillock.so authfail\nauth required pam_permit.so\n");
        foreach (var service in (string[])["login", "sshd", "passwd"]) agent.Files.Write($"etc/pam.d/{service}", "@include common-auth\n@include common-password\n");
        return agent;
    }

    private async Task AddElifAsync() => _ = (await Lab.CommandAsync(Ct, "people", "add", "elif", "--display-name", "Elif Yılmaz", "--role", "apprentice")).Worked;

    private async Task AfterADayAsync()
    {
        Assert.SkipUnless(OtherClock.Exists, "the package faketime is not there");
        await AddElifAsync();
        await Lab.HoldLongPasswordsAsync(Prepared("bench-seven"), "elif", Ct);
    }

    // A window as wide as a desk's, with the admin in it.
    private async Task<IPage> SignInAsync()
    {
        var page = await Chromium.Browser.OpenAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 }, ReducedMotion = ReducedMotion.Reduce });
        await LabBrowser.SetUpAsync(page, Lab, Ct);
        await LabBrowser.SignInAsync(page, Lab);
        return page;
    }
}
