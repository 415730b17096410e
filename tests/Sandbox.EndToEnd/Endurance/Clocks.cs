using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>Devices whose clock is hours or days off. The server's own is <see cref="ServerClocks"/>' business.</summary>
public sealed class Clocks : LabTest
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(-2, "behind the server's", Explicit = true)]
    [InlineData(2, "ahead of the server's", Explicit = true)]
    [InlineData(240, "10 days ahead of")]
    public async Task A_device_whose_clock_is_off_enrols_is_told_and_loses_nothing(int hours, string words)
    {
        var agent = Off("off", hours);
        _ = (await agent.EnrolAsync(await Lab.JoinCodeAsync(Ct), Ct)).Worked;
        agent.Start();
        await StoredAsync(99999);

        agent.Files.SetMaxDays(90);
        await StoredAsync(90);

        await WholeAsync();
        Assert.Contains(words, agent.Process.Log, StringComparison.Ordinal);
        Assert.Contains(words, (await agent.CommandAsync(Ct, "status")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_days_behind_nothing_is_enrolled_and_the_words_name_the_clock()
    {
        var agent = Off("behind", -240);
        var code = await Lab.JoinCodeAsync(Ct);

        var refused = await agent.EnrolAsync(code, Ct);
        agent.Launcher = [];
        var enrolled = await agent.EnrolAsync(code, Ct);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("this machine's clock says", refused.Output, StringComparison.Ordinal);
        Assert.Equal(0, enrolled.ExitCode);
    }

    [Fact]
    public async Task A_clock_that_falls_ten_days_back_keeps_the_reports_until_it_is_right_again()
    {
        Assert.SkipUnless(OtherClock.Exists, "the package faketime is not there");
        var agent = await Lab.RunAgentAsync("falls-back", Ct);
        await StoredAsync(99999);
        await agent.Process.KillAsync();
        agent.Launcher = OtherClock.Off(TimeSpan.FromDays(-10));

        agent.Start();
        await Patience.UntilAsync("The agent names the clock", Soon, () => agent.Process.Log.Contains("this machine's clock says", StringComparison.Ordinal), Ct);
        agent.Files.SetMaxDays(90);
        await Patience.UntilAsync("The change is in the spool", Soon, () => new DirectoryInfo(agent.Spool).GetFiles("*.segment").Sum(x => x.Length) > 4096, Ct);
        await agent.Process.KillAsync();
        agent.Launcher = [];
        agent.Start();

        await StoredAsync(90);
        await WholeAsync();
    }

    private LabAgent Off(string name, int hours)
    {
        Assert.SkipUnless(OtherClock.Exists, "the package faketime is not there");
        var agent = Lab.AddAgent(name);
        agent.Launcher = OtherClock.Off(TimeSpan.FromHours(hours));
        return agent;
    }

    private async Task WholeAsync()
    {
        var stored = await StoredLab.ReadAsync(Lab, Ct);
        Wholeness.AssertNone(Wholeness.Faults(stored));
        Assert.Empty(stored.Gaps);
    }

    private Task StoredAsync(long days) => Patience.UntilAsync($"{days} days are stored", TimeSpan.FromSeconds(80), () => Lab.MaxDays == days, Ct);
}
