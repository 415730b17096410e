using System.Net;
using System.Text.RegularExpressions;
using Sandbox.Protocol;

namespace Sandbox.Tests.Dashboard.OneDevice;

/// <summary>Lists fold, and long ones start folded, so that a server with a hundred services has a page one can look over.</summary>
public sealed partial class LongTables : PagesTest
{
    [Theory]
    [InlineData(12, true), InlineData(13, false)]
    public async Task A_list_starts_open_while_it_is_short(int units, bool open)
    {
        var page = await PageAsync(Services(units));

        Assert.Equal(open, IsOpen(page, "Services that start or run"));
        Assert.Contains($"Services that start or run <span class=\"quiet\">{units}</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_folded_is_on_the_page_all_the_same() =>
        Assert.Equal(40, Regex.Count(await PageAsync(Services(40)), "data-fact-row=\"services.units"));

    [Fact]
    public async Task What_is_for_experts_starts_folded_however_short_it_is() =>
        Assert.False(IsOpen(await PageAsync(SampleFacts.Policy()), "Where each setting comes from"));

    [Fact]
    public async Task A_list_without_rows_is_one_line()
    {
        var page = await PageAsync(Services(0));

        Assert.Contains("<h3>Services that start or run <span class=\"quiet\">none reported</span></h3>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_changes_the_newest_ten_are_open()
    {
        var people = SampleFacts.Accounts(accounts =>
        {
            for (var i = 0; i < 20; i++) accounts.Accounts_.Add(SampleFacts.Person($"person-{i}", (uint)(2000 + i), "people"));
        });

        var page = await PageAsync(SampleFacts.Policy(), people);

        var open = page[page.IndexOf("id=\"history-title\"", StringComparison.Ordinal)..page.IndexOf("<summary>Earlier <span class=\"quiet\">", StringComparison.Ordinal)];
        Assert.Equal(10, Regex.Count(open, "data-key=\"t[0-9]"));
    }

    private static bool IsOpen(string page, string title)
    {
        var fold = Fold().Matches(page).First(match => match.Groups["title"].Value == title);
        return fold.Groups["open"].Success;
    }

    private static Fact Services(int units)
    {
        var services = new Protocol.Services();
        for (var i = 0; i < units; i++) services.Units.Add(new ServiceUnit { Name = $"unit-{i:00}.service", State = ServiceUnit.Types.State.Enabled, Running = true });
        return new Fact { Services = services };
    }

    private async Task<string> PageAsync(params IReadOnlyList<Fact> facts)
    {
        var device = await DeviceAsync("lab-b0007", Mentor);
        await FactsAsync(device, facts);
        using var mentor = await AsMentorAsync();
        return WebUtility.HtmlDecode(await mentor.ReadAsync($"/devices/{device.Id}"));
    }

    [GeneratedRegex("<details class=\"fold\" data-key=\"(?<title>[^\"]*)\"(?<open> open[^>]*)?>")]
    private static partial Regex Fold();
}
