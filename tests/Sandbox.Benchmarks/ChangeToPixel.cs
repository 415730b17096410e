using System.Security.Cryptography;
using Microsoft.Playwright;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.Benchmarks;

/// <summary>
/// From the write of a file on a machine to the changed text in a browser: real agent, real server, real Chromium, nothing in between but them.
/// Both moments are read from this machine's clock, so agent, server and browser run on one machine.
/// </summary>
internal static class ChangeToPixel
{
    public const string Name = "change-to-pixel";

    private const int WarmUp = 10;
    private const int Changes = 200;
    private const int FirstValue = 101;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    // Each value of the cell, with the moment of its first appearance in the document.
    private const string Watch = """
        window.shown = {};
        new MutationObserver(() => {
          const cell = document.querySelector('[data-fact="password_policy.default_max_age_days"]');
          const days = cell && cell.textContent.match(/\d+/);
          if (days && !(days[0] in window.shown)) window.shown[days[0]] = performance.timeOrigin + performance.now();
        }).observe(document, { subtree: true, childList: true, characterData: true });
        """;

    public static async Task<Figures> RunAsync(CancellationToken ct)
    {
        await using var lab = await Lab.StartAsync(ct);
        var agent = await lab.RunAgentAsync("bench-seven", ct);
        await using var browser = await LabBrowser.StartAsync();
        var page = await browser.SignInAsync(lab, ct);
        await page.AddInitScriptAsync(Watch);
        await page.GotoAsync($"{lab.Page}/devices/{agent.DeviceId}");

        var took = new List<double>();
        for (var change = 0; change < WarmUp + Changes; change++)
        {
            var milliseconds = await ChangeAsync(agent, page, FirstValue + change, ct);
            if (change >= WarmUp) took.Add(milliseconds);
        }

        took.Sort();
        return new Figures()
            .Add("changes", took.Count, "changes")
            .Add("p50_ms", Figures.Percentile(took, 0.50), "ms")
            .Add("p90_ms", Figures.Percentile(took, 0.90), "ms")
            .Add("p99_ms", Figures.Percentile(took, 0.99), "ms")
            .Add("max_ms", took[^1], "ms");
    }

    private static async Task<double> ChangeAsync(LabAgent agent, IPage page, int days, CancellationToken ct)
    {
        var written = TimeProvider.System.GetUtcNow();
        agent.Files.SetMaxDays(days);

        // The page is asked only after a pause, so that asking does not get into the way of what is measured; the pause
        // varies, so that changes do not fall into step with anything periodic.
        await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(300, 600)), TimeProvider.System, ct);
        double? shown = null;
        await Patience.UntilAsync($"The page shows {days} days", LongestWait, async () =>
            (shown = await page.EvaluateAsync<double?>("days => window.shown?.[days] ?? null", $"{days}")) is not null, ct);
        return shown!.Value - (written - DateTimeOffset.UnixEpoch).TotalMilliseconds;
    }
}
