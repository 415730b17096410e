using Microsoft.Playwright;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Crediting;

/// <summary>The tests that share one lab with a machine's work that held.</summary>
[CollectionDefinition(nameof(HeldWorkLab))]
public sealed class HeldWorkLab : ICollectionFixture<HeldWork>;

/// <summary>
/// A real server and the real machine of Ada, an apprentice, whose passwords she let be longer a day ago; since then she put the age of one password
/// right, which is still watched. Each of four people has a window.
/// </summary>
public sealed class HeldWork(Chromium chromium) : IAsyncLifetime
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private Lab? _lab;
    private string _ada = "";

    internal Lab Lab => _lab ?? throw new InvalidOperationException("The lab has not started.");

    internal LabAgent Agent { get; private set; } = null!;

    /// <summary>Mina Kaya.</summary>
    internal IPage Mentor { get; private set; } = null!;

    /// <summary>Ada Berg, whose machine it is.</summary>
    internal IPage Apprentice { get; private set; } = null!;

    /// <summary>Ben Fischer, who has no machine.</summary>
    internal IPage OtherApprentice { get; private set; } = null!;

    /// <summary>Otto Brandt.</summary>
    internal IPage Auditor { get; private set; } = null!;

    /// <summary>Where a line of Ada's is.</summary>
    internal string Line(string line) => $"{Lab.Page}/competencies/{_ada}/{line}";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        // A fixture cannot skip; its tests do.
        if (!OtherClock.Exists) return;
        var ct = TestContext.Current.CancellationToken;
        _lab = await Lab.StartAsync(ct);
        var welcome = await Lab.AnswerAsync(ct, "people", "add", "ada", "--role", "apprentice");
        Agent = Lab.AddAgent("bench-seven");
        Agent.Files.Write("etc/security/pwquality.conf", "minlen = 8\n");
        Agent.Files.SetPasswordDays(99999);
        await Lab.HoldLongPasswordsAsync(Agent, "ada", ct);
        Agent.Files.SetPasswordDays(90);
        await Patience.UntilAsync("The other edit is watched", Longest, () => Lab.Count("select count(*) from \"Evidence\" where \"Line\" = '7.1' and \"State\" = 0") == 1, ct);
        Apprentice = await OpenAsync(welcome, "Ada Berg");
        Mentor = await OpenAsync(await Lab.AnswerAsync(ct, "people", "add", "mina", "--role", "mentor"), "Mina Kaya");
        OtherApprentice = await OpenAsync(await Lab.AnswerAsync(ct, "people", "add", "ben", "--role", "apprentice"), "Ben Fischer");
        Auditor = await OpenAsync(await Lab.AnswerAsync(ct, "people", "add", "otto", "--role", "auditor"), "Otto Brandt");
        await Apprentice.GotoAsync($"{Lab.Page}/competencies");
        _ada = (await Apprentice.Locator("[data-line='1.3'] a").GetAttributeAsync("href"))!.Split('/')[2];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await chromium.Browser.CloseWindowsAsync();
        if (_lab is not null) await _lab.DisposeAsync();
    }

    private async Task<IPage> OpenAsync(string answer, string name)
    {
        var page = await chromium.Browser.OpenAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await LabBrowser.JoinAsync(page, Lab, answer, name);
        return page;
    }
}
