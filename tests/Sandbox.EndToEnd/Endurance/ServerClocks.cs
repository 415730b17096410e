using Sandbox.EndToEnd.Harness;
using Sandbox.Protocol;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>A server whose clock is hours or days off for a while, and is put right again.</summary>
public sealed class ServerClocks : LabTest
{
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(90);

    /// <summary>One machine that was there before, and one that is enrolled meanwhile. Which of two clocks is wrong nobody can know: each machine is told how far they are apart.</summary>
    [Theory]
    [InlineData(-2, "ahead of the server's", Explicit = true)]
    [InlineData(2, "behind the server's", Explicit = true)]
    [InlineData(-240, "10 days ahead of the server's")]
    [InlineData(240, "days behind the server's", Explicit = true)]
    public async Task While_a_servers_clock_is_off_and_afterwards_every_report_is_taken_once(int hours, string words)
    {
        Assert.SkipUnless(OtherClock.Exists, "the package faketime is not there");
        var before = await Lab.RunAgentAsync("before", Ct);
        await StoredAsync(99999, before);

        await StartServerAsync(OtherClock.Off(TimeSpan.FromHours(hours)));
        before.Files.SetMaxDays(80);
        var meanwhile = await Lab.RunAgentAsync("meanwhile", Ct);
        meanwhile.Files.SetMaxDays(80);
        await StoredAsync(80, before, meanwhile);
        foreach (var agent in new[] { before, meanwhile }) Assert.Contains(words, (await agent.CommandAsync(Ct, "status")).Output, StringComparison.Ordinal);

        await StartServerAsync([]);
        foreach (var agent in new[] { before, meanwhile }) agent.Files.SetMaxDays(90);
        await StoredAsync(90, before, meanwhile);
        foreach (var agent in new[] { before, meanwhile }) Assert.DoesNotContain("the server's: set it", (await agent.CommandAsync(Ct, "status")).Output, StringComparison.Ordinal);

        var stored = await StoredLab.ReadAsync(Lab, Ct);
        Wholeness.AssertNone(Wholeness.Faults(stored));
        Assert.Empty(stored.Gaps);
        Assert.Equal(2, stored.Epochs.Count);
        _ = (await Lab.CommandAsync(Ct, "log", "verify")).Worked;
    }

    private async Task StartServerAsync(IReadOnlyList<string> launcher)
    {
        await Lab.Server.StopAsync();
        Lab.Launcher = launcher;
        await Lab.StartServerAsync(Ct);
    }

    private Task StoredAsync(long days, params LabAgent[] agents) => Patience.UntilAsync($"{days} days are stored of all", Patient, async () =>
    {
        var stored = await StoredLab.ReadAsync(Lab, Ct, whole: false);
        return agents.All(agent => stored.Devices.SingleOrDefault(x => x.Name == agent.Name) is { Id: var id }
            && stored.FactOf(id, Fact.KindOneofCase.PasswordPolicy)?.PasswordPolicy.DefaultMaxAgeDays == days);
    }, Ct);
}
