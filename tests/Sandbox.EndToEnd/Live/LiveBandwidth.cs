using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Live;

/// <summary>What passes a machine's network shows on open pages each second, from the file to the drawn line.</summary>
public sealed partial class LiveBandwidth(Chromium chromium) : WindowTest(chromium)
{
    [Fact]
    public async Task A_megabit_a_second_is_drawn_on_the_devices_page_and_on_the_overview()
    {
        var agent = await Lab.RunAgentAsync("bench-seven", Ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var passing = PassAsync(agent.Files, stop.Token);
        var page = await Chromium.Browser.SignInAsync(Lab, Ct);

        foreach (var (path, words) in new[] { ($"/devices/{agent.DeviceId}", "each second"), ("/", "of 1 device") })
        {
            await page.GotoAsync(Lab.Page + path);
            await Assertions.Expect(page.Locator("[data-received]")).ToHaveTextAsync(AboutAMegabit(), new() { Timeout = 15_000 });
            await Assertions.Expect(page.Locator("[data-measured]")).ToContainTextAsync(words);
            await Assertions.Expect(page.Locator("[data-line]")).ToHaveAttributeAsync("d", ALine(), new() { Timeout = 15_000 });
        }

        await stop.CancelAsync();
        await passing;
        // The files stand still: that is measured, and it is nothing.
        await Assertions.Expect(page.Locator("[data-received]")).ToHaveTextAsync("0 b/s", new() { Timeout = 15_000 });
        await agent.Process.KillAsync();
        await Assertions.Expect(page.Locator("[data-received]")).ToHaveTextAsync("not known", new() { Timeout = 15_000 });
    }

    private static async Task PassAsync(MachineFiles files, CancellationToken ct)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!ct.IsCancellationRequested)
        {
            var bytes = (long)(TimeProvider.System.GetElapsedTime(began).TotalSeconds * 125_000);
            files.Write("proc/net/dev", string.Create(CultureInfo.InvariantCulture, $"head|\nhead|\n  eth0: {bytes} {bytes / 1000} 0 0 0 0 0 0 {bytes / 10} 0 0 0 0 0 0 0\n"));
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
        }
    }

    [GeneratedRegex(@"^(\d{3} kb/s|1(\.\d)? Mb/s)$")]
    private static partial Regex AboutAMegabit();

    [GeneratedRegex(@"M.*L")]
    private static partial Regex ALine();
}
