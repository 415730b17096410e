using System.Text.RegularExpressions;

namespace Sandbox.Tests.Dashboard;

/// <summary>A number on the overview and the list behind it agree, and unknown is never good.</summary>
public sealed partial class NumbersTests : PagesTest
{
    [Theory]
    [InlineData("active", "/devices"), InlineData("online", "/devices?state=online"), InlineData("silent", "/devices?state=silent")]
    [InlineData("failing", "/devices?state=failing"), InlineData("password-fail", "/devices?state=password-fail"), InlineData("password-unknown", "/devices?state=password-unknown")]
    public async Task A_number_is_the_length_of_the_list_behind_it(string count, string list)
    {
        await MixedLabAsync();
        using var mentor = await AsMentorAsync();

        var number = Count(await mentor.ReadAsync("/"), count);

        var rows = DeviceRows().Count(await mentor.ReadAsync(list));
        Assert.Equal(rows, number);
        Assert.NotEqual(0, number);
    }

    [Fact]
    public async Task A_device_that_never_reported_counts_as_not_known_and_not_as_compliant()
    {
        await DeviceAsync("mute", Mentor);
        using var mentor = await AsMentorAsync();

        var page = await mentor.ReadAsync("/");

        Assert.Equal(1, Count(page, "password-unknown"));
        Assert.Contains("not known</p>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Devices_in_trouble_come_first()
    {
        await MixedLabAsync();
        using var mentor = await AsMentorAsync();

        var list = await mentor.ReadAsync("/devices");

        Assert.StartsWith("z-failing", FirstName().Match(list).Groups[1].Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Z-FAIL", 1), InlineData("elif", 1), InlineData("100%", 0), InlineData("_", 0), InlineData("nothing such", 0)]
    public async Task The_filter_looks_at_names_and_owners_and_takes_signs_as_they_are(string text, int rows)
    {
        await MixedLabAsync();
        using var mentor = await AsMentorAsync();

        var list = await mentor.ReadAsync($"/devices?q={Uri.EscapeDataString(text)}");

        Assert.Equal(rows, DeviceRows().Count(list));
    }

    [Fact]
    public async Task A_page_past_the_end_is_the_last_one()
    {
        for (var i = 0; i < 27; i++) await DeviceAsync($"d{i:00}", Mentor);
        using var mentor = await AsMentorAsync();

        var list = await mentor.ReadAsync("/devices?page=99");

        Assert.Equal(2, DeviceRows().Count(list));
        Assert.Contains("26–27 of 27", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_lab_says_the_next_step()
    {
        using var mentor = await AsMentorAsync();

        Assert.Contains("sandbox-server codes new NAME", await mentor.ReadAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_turned_away_is_told_in_words_with_its_code()
    {
        await SeedAsync(async lab =>
        {
            await lab.RefusedAsync(Sandbox.Protocol.Reason.CodeExpired, "it ended 20 minutes ago");
            return 0;
        });
        using var mentor = await AsMentorAsync();

        var page = await mentor.ReadAsync("/refusals");

        Assert.Contains("A join code whose time was over", page, StringComparison.Ordinal);
        Assert.Contains("it ended 20 minutes ago", page, StringComparison.Ordinal);
    }

    private static int Count(string page, string name) =>
        int.Parse(Regex.Match(page, $"data-count=\"{name}\">([0-9,]+)<").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    private async Task MixedLabAsync()
    {
        var now = Server.Time.GetUtcNow();
        var good = await DeviceAsync("a-good", Mentor);
        await FactsAsync(good, SampleFacts.All(now));
        Streams.Open(good.Id);
        await FactsAsync(await DeviceAsync("z-failing", Apprentice), SampleFacts.Policy(minLength: 8), SampleFacts.Accounts());
        await DeviceAsync("m-silent", Mentor, d => d.LastSeenAt = now.AddHours(-3));
    }

    [GeneratedRegex("data-device=\"[0-9a-f]{32}\"")]
    private static partial Regex DeviceRows();

    [GeneratedRegex("data-device=\"[0-9a-f]{32}\"[^>]*>\\s*<th[^>]*><a[^>]*>([^<]+)<")]
    private static partial Regex FirstName();
}
