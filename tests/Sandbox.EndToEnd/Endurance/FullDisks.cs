using Sandbox.EndToEnd.Harness;
using Sandbox.Protocol;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>A full disk on either side: said in words, nothing acknowledged is lost, and it goes on by itself once there is room.</summary>
public sealed class FullDisks : LabTest
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    // The agent waits up to a minute, give or take a quarter, between tries.
    private static readonly TimeSpan Retries = TimeSpan.FromSeconds(80);

    [Fact]
    public async Task A_server_whose_disk_is_full_says_so_and_takes_everything_once_there_is_room()
    {
        await Lab.Server.StopAsync();
        using var disk = Disk(Lab.Data, 24);
        await Lab.StartServerAsync(Ct);
        var agent = await ReportingAsync();

        disk.Fill();
        await EditUntilAsync(agent, "The agent is told", () => agent.Process.Log.Contains("cannot store reports", StringComparison.Ordinal));
        Assert.Contains("could not be stored; their agents keep them and try again", Lab.Server.Log, StringComparison.Ordinal);
        Assert.False(Lab.Server.HasExited);
        agent.Files.SetMaxDays(90);
        disk.Empty();

        await StoredAsync(90);
        var stored = await StoredLab.ReadAsync(Lab, Ct);
        Wholeness.AssertNone(Wholeness.Faults(stored));
        Assert.Empty(stored.Gaps);
        await Lab.Server.StopAsync();
    }

    [Fact]
    public async Task An_agent_whose_disk_is_full_says_so_and_the_gap_names_the_disk()
    {
        var agent = Lab.AddAgent("small");
        using var disk = Disk(agent.Data, 4);
        _ = (await agent.EnrolAsync(await Lab.JoinCodeAsync(Ct), Ct)).Worked;
        agent.Start();
        await StoredAsync(99999);

        disk.Fill();
        await EditUntilAsync(agent, "The agent says so", () => agent.Process.Log.Contains("The spool cannot be written", StringComparison.Ordinal));
        Assert.False(agent.Process.HasExited);
        agent.Files.SetMaxDays(90);
        disk.Empty();

        await StoredAsync(90);
        var stored = await StoredLab.ReadAsync(Lab, Ct);
        Wholeness.AssertNone(Wholeness.Faults(stored));
        Assert.Equal(Gap.Types.Cause.DiskFull, Assert.Single(stored.Gaps).Cause);
    }

    private static SmallDisk Disk(string folder, int megabytes)
    {
        var disk = SmallDisk.Mount(folder, megabytes, out var why);
        Assert.SkipWhen(disk is null, why);
        return disk!;
    }

    private async Task<LabAgent> ReportingAsync()
    {
        var agent = await Lab.RunAgentAsync("bench-seven", Ct);
        await StoredAsync(99999);
        return agent;
    }

    // A page of the disk may have room for another report: edits go on until the effect shows.
    private static async Task EditUntilAsync(LabAgent agent, string what, Func<bool> holds)
    {
        var days = 100;
        await Patience.UntilAsync(what, Soon, () =>
        {
            agent.Files.SetMaxDays(days++);
            return holds();
        }, Ct);
    }

    private Task StoredAsync(long days) => Patience.UntilAsync($"{days} days are stored", Retries, () => Lab.MaxDays == days, Ct);
}
