using System.Text.RegularExpressions;
using Sandbox.Storage.Devices;
using Sandbox.Storage.People;

namespace Sandbox.Tests.Dashboard;

/// <summary>The bandwidth card of the overview and of a device.</summary>
public sealed partial class TrafficPages : PagesTest
{
    [Fact]
    public async Task The_hour_of_an_apprentice_is_that_of_the_own_devices()
    {
        await WithTrafficAsync("of-mara", Mentor, 8_000_000_000);
        await WithTrafficAsync("of-elif", Apprentice, 8_000_000);
        using var apprentice = await AsApprenticeAsync();
        using var mentor = await AsMentorAsync();

        Assert.EndsWith("Mb/s", Received(await apprentice.ReadAsync("/?traffic=hour")), StringComparison.Ordinal);
        Assert.EndsWith("Gb/s", Received(await mentor.ReadAsync("/?traffic=hour")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_shows_its_interfaces_with_errors_and_drops()
    {
        var device = await WithTrafficAsync("of-elif", Apprentice, 8_000_000);
        using var apprentice = await AsApprenticeAsync();

        var page = await apprentice.ReadAsync($"/devices/{device.Id}?traffic=hour");

        Assert.Contains("<th scope=\"row\">eth0</th>", page, StringComparison.Ordinal);
        Assert.Contains("<td data-label=\"Most received\">24 Mb/s</td>", page, StringComparison.Ordinal);
        Assert.Matches("<td data-label=\"Errors\">(48|49|50)</td>", page);
    }

    [Fact]
    public async Task Minutes_that_nobody_measured_are_a_gap()
    {
        var device = await WithTrafficAsync("of-elif", Apprentice, 8_000_000);
        using var apprentice = await AsApprenticeAsync();

        var line = Line().Match(await apprentice.ReadAsync($"/devices/{device.Id}?traffic=hour")).Groups[1].Value;

        Assert.Equal(2, line.Count(letter => letter == 'M'));
    }

    [Fact]
    public async Task Without_any_the_page_says_so_and_shows_no_0()
    {
        var device = await DeviceAsync("of-elif", Apprentice);
        using var apprentice = await AsApprenticeAsync();

        var page = await apprentice.ReadAsync($"/devices/{device.Id}?traffic=month");

        Assert.Contains("Nothing was measured in this time", page, StringComparison.Ordinal);
        Assert.DoesNotContain("0 b/s", page, StringComparison.Ordinal);
    }

    private async Task<Device> WithTrafficAsync(string name, Person owner, double received)
    {
        var device = await DeviceAsync(name, owner);
        await SeedAsync(async lab =>
        {
            await lab.TrafficAsync(device, 1, received, received / 10);
            return 0;
        });
        return device;
    }

    private static string Received(string page) => Figure().Match(page).Groups[1].Value;

    [GeneratedRegex("class=\"key\">received</span> ([^<]+) <")]
    private static partial Regex Figure();

    [GeneratedRegex("class=\"chart-line\" d=\"([^\"]*)\"")]
    private static partial Regex Line();
}
