using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Stores;

/// <summary>The whole path with a real PostgreSQL, which may go away and come back like anything else.</summary>
public sealed class OnPostgres(Chromium chromium) : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    // The agent waits up to a minute between tries.
    private static readonly TimeSpan Retries = TimeSpan.FromSeconds(90);

    private PostgresCluster _postgres = null!;
    private Lab _lab = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresCluster.StartAsync(Ct);
        _lab = await Lab.StartOnAsync(await _postgres.CreateDatabaseAsync(Ct), Ct);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (TestContext.Current.TestState?.Result == TestResult.Failed) TestContext.Current.TestOutputHelper?.WriteLine($"{_lab.Logs}\n--- PostgreSQL ---\n{_postgres.Log}");
        await chromium.Browser.CloseWindowsAsync();
        await _lab.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    [Fact]
    public async Task What_changes_on_a_machine_reaches_the_page()
    {
        var agent = await _lab.RunAgentAsync("bench-seven", Ct);
        var page = await chromium.Browser.SignInAsync(_lab, Ct);

        agent.Files.SetMaxDays(77);

        await Patience.UntilAsync("77 days are stored", Soon, () => _lab.MaxDays == 77, Ct);
        await page.GotoAsync($"{_lab.Page}/devices/{agent.DeviceId}");
        await Microsoft.Playwright.Assertions.Expect(page.Locator("[data-fact='password_policy.default_max_age_days']")).ToContainTextAsync("77");
        Assert.Equal(0, _lab.LostOrTwice);
    }

    [Fact]
    public async Task A_database_that_goes_away_and_comes_back_loses_nothing()
    {
        var agent = await _lab.RunAgentAsync("bench-seven", Ct);
        await Patience.UntilAsync("The machine's facts are stored", Soon, () => _lab.MaxDays == 99999, Ct);

        await _postgres.StopServerAsync();
        agent.Files.SetMaxDays(31);
        await Patience.UntilAsync("The server says in words what is missing", Retries, () => _lab.Server.Log.Contains("does not take reports now", StringComparison.Ordinal), Ct);
        await Patience.UntilAsync("The agent says that it keeps the reports", Retries, () => agent.Process.Log.Contains("cannot", StringComparison.Ordinal), Ct);
        await _postgres.StartServerAsync(Ct);
        agent.Files.SetMaxDays(32);

        await Patience.UntilAsync("32 days are stored", Retries, () => _lab.MaxDays == 32, Ct);
        Assert.Equal(0, _lab.LostOrTwice);
        Assert.Equal(0, _lab.Count("select count(*) from \"Gaps\""));
        Assert.False(_lab.Server.HasExited);
    }

    [Fact]
    public async Task Commands_work_on_the_store_that_the_server_was_started_with()
    {
        var people = (await _lab.CommandAsync(Ct, "people", "add", "elif", "--role", "apprentice")).Worked;

        Assert.Contains("/join#", people, StringComparison.Ordinal);
        Assert.Equal(1, _lab.Count("select count(*) from \"AspNetUsers\" where \"UserName\" = 'elif'"));
        Assert.False(File.Exists(_lab.Database));
    }

    [Fact]
    public async Task A_server_that_finds_no_database_says_what_to_type()
    {
        await _lab.Server.StopAsync();
        await _postgres.StopServerAsync();

        var outcome = await _lab.CommandAsync(Ct, "run");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("PostgreSQL does not answer on", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("sudo systemctl start postgresql", outcome.Output, StringComparison.Ordinal);
    }
}
