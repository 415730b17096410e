using Microsoft.Playwright;

namespace Sandbox.EndToEnd.Pages;

/// <summary>Every page in both themes and at both widths, an admin's in each theme at each width: no axe violations, and nothing wider than the window.</summary>
public sealed class Accessibility(PagesServer server, Chromium chromium) : PageTest(server, chromium)
{
    /// <summary>What an admin sees.</summary>
    public static TheoryData<string> Pages =>
    [
        "overview", "devices", "device", "healthy", "new", "software", "refusals", "not-found", "no-device-fits", "enrol", "people", "person", "log", "evidence",
        "piece", "nobodys", "quarantined", "again", "anew", "passed", "bandwidth-hour", "bandwidth-day", "acts", "competencies", "lines", "line", "policy", "export",
        "tokens",
    ];

    [Theory]
    [InlineData("sign-in"), InlineData("setup"), InlineData("join")]
    public async Task A_door_has_no_violations_and_does_not_overflow(string name)
    {
        var page = await OpenAsync();

        await page.GotoAsync($"{Server.Url}/{name}");

        await NothingWrongAsync(page, name);
    }

    [Theory, MemberData(nameof(Pages))]
    public Task A_page_has_no_violations_and_does_not_overflow(string name) => LooksRightAsync("admin", name);

    [Theory, MemberData(nameof(Pages)), Nightly]
    public Task Nor_has_it_in_the_other_two_looks(string name) => LooksRightAsync("admin", name, (1440, ColorScheme.Dark), (390, ColorScheme.Light));

    [Theory]
    [InlineData("overview"), InlineData("devices"), InlineData("device"), InlineData("software"), InlineData("refusals"), InlineData("enrol"), InlineData("people"), InlineData("person")]
    [InlineData("log"), InlineData("evidence"), InlineData("piece"), InlineData("quarantined"), InlineData("again"), InlineData("not-found"), InlineData("competencies"), InlineData("line"), InlineData("returned"), InlineData("signed"), InlineData("assignments"), InlineData("assignment"), InlineData("choose"), InlineData("give")]
    public Task A_mentors_page_has_none_either(string name) => LooksRightAsync("mina", name);

    [Theory, Nightly]
    [InlineData("overview"), InlineData("devices"), InlineData("device"), InlineData("software"), InlineData("refusals"), InlineData("people"), InlineData("person")]
    [InlineData("log"), InlineData("evidence"), InlineData("piece"), InlineData("quarantined"), InlineData("passed"), InlineData("not-found"), InlineData("forbidden"), InlineData("competencies"), InlineData("revoked")]
    public Task An_auditors_page_has_none_either(string name) => LooksRightAsync("otto", name);

    [Theory]
    [InlineData("overview"), InlineData("devices"), InlineData("healthy"), InlineData("new"), InlineData("healthy-software"), InlineData("enrol"), InlineData("evidence"), InlineData("piece")]
    [InlineData("again"), InlineData("anew"), InlineData("passed"), InlineData("not-found"), InlineData("log"), InlineData("competencies"), InlineData("line"), InlineData("learning"), InlineData("policy"), InlineData("assignments"), InlineData("assignment"), InlineData("export"), InlineData("tokens")]
    public Task An_apprentices_page_has_none_either(string name) => LooksRightAsync("elif", name);

    [Fact]
    public Task The_quarantine_of_the_own_device_has_none_either() => LooksRightAsync("noor", "quarantined");

    [Fact]
    public async Task A_new_code_has_no_violations_and_does_not_overflow()
    {
        var page = await SignInAsync();
        await page.GotoAsync($"{Server.Url}/enrol");

        await page.GetByRole(AriaRole.Button, new() { Name = "Make a join code" }).ClickAsync();

        await Assertions.Expect(page.Locator(".qr")).ToBeVisibleAsync();
        await NothingWrongAsync(page, "code");
    }

    [Fact]
    public async Task A_new_code_beside_the_command_that_installs_has_none_either()
    {
        using var packages = Server.WithPackages();
        var page = await SignInAsync();
        await page.GotoAsync($"{Server.Url}/enrol");

        await page.GetByRole(AriaRole.Button, new() { Name = "Make a join code" }).ClickAsync();

        await Assertions.Expect(page.GetByText("/install | sudo sh")).ToBeVisibleAsync();
        await page.GetByText("The agent is there already").ClickAsync();
        await NothingWrongAsync(page, "code-install");
    }

    [Fact]
    public async Task A_split_has_no_violations_and_does_not_overflow()
    {
        var page = await SignInAsync();
        await page.GotoAsync($"{Server.Url}/devices/{Server.Copied.Id}");
        await page.GetByText("Split the clone").ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Make the two codes" }).ClickAsync();

        await Assertions.Expect(page.Locator(".qr")).ToHaveCountAsync(2);
        await NothingWrongAsync(page, "split");
    }

    private async Task LooksRightAsync(string person, string name, params IReadOnlyList<(int Width, ColorScheme Scheme)> looks)
    {
        var page = await SignInAsync(person);

        await page.GotoAsync(Server.Url + Path(name));

        await NothingWrongAsync(page, person == "admin" ? name : $"{person}-{name}", looks);
    }

    // Of the four looks two have each width and each theme once, and cost half the time.
    private static async Task NothingWrongAsync(IPage page, string name, params IReadOnlyList<(int Width, ColorScheme Scheme)> looks)
    {
        if (looks.Count == 0) looks = [(1440, ColorScheme.Light), (390, ColorScheme.Dark)];
        foreach (var (width, scheme) in looks)
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            var found = await Axe.ViolationsAsync(page);
            await ShootAsync(page, $"{name}-{width}-{scheme.ToString().ToLowerInvariant()}");
            Assert.Empty(found.Select(violation => $"{width} {scheme} {violation}"));
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"The page is wider than {width} pixels.");
        }

        await page.Context.CloseAsync();
    }

    private string Path(string name) => name switch
    {
        "overview" => "/",
        "device" => $"/devices/{Server.Troubled.Id}",
        "acts" => $"/devices/{Server.Troubled.Id}/acts",
        "bandwidth-hour" => $"/devices/{Server.Troubled.Id}?traffic=hour",
        "bandwidth-day" => "/?traffic=day",
        "healthy" => $"/devices/{Server.Healthy.Id}",
        "new" => $"/devices/{Server.Unheard.Id}",
        "software" => $"/devices/{Server.Troubled.Id}/software",
        "healthy-software" => $"/devices/{Server.Healthy.Id}/software",
        "again" => $"/devices/{Server.Again.Id}",
        "anew" => $"/devices/{Server.Anew.Id}",
        "passed" => $"/devices/{Server.Passed.Id}",
        "forbidden" => "/enrol",
        "quarantined" => $"/devices/{Server.Copied.Id}",
        "piece" => $"/evidence/{Server.Held.Id}",
        "nobodys" => $"/evidence/{Server.Nobodys.Id}",
        "person" => $"/people/{Server.Troubled.OwnerId}",
        "lines" => $"/competencies/{Server.Elif.Id}",
        "line" => $"/competencies/{Server.Elif.Id}/1.3",
        "returned" => $"/competencies/{Server.Elif.Id}/2.1",
        "signed" => $"/competencies/{Server.Elif.Id}/1.1",
        "revoked" => $"/competencies/{Server.Elif.Id}/7.1",
        "learning" => $"/competencies/{Server.Elif.Id}/7.4",
        "assignment" => $"/assignments/{Server.Given.Id}",
        "choose" => "/assignments/new",
        "give" => $"/assignments/new?template=password-interval&person={Server.Elif.Id}",
        "not-found" => "/nothing-here",
        "no-device-fits" => "/devices?q=zzz",
        _ => "/" + name,
    };
}
