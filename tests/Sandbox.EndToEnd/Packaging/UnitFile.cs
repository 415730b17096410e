using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Packaging;

/// <summary>What sandbox-agent.service lets the agent do.</summary>
public sealed class UnitFile
{
    // 3.6 of 10 is what systemd 252 says; what is left open is what the agent has to see (the unit says which).
    private const int MostExposure = 36;

    private static string Folder => Path.Combine(Programs.Repository, "deploy/parts/package");

    [Fact]
    public async Task Systemd_finds_it_hardly_exposed()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "systemd-analyze is not there");

        await using var check = RunningProgram.Start(
            "systemd-analyze", "/usr/bin/systemd-analyze", "security", "--no-pager", "--offline=true", $"--threshold={MostExposure}", Path.Combine(Folder, "sandbox-agent.service"));

        Assert.True(await check.WaitForExitAsync(TestContext.Current.CancellationToken) == 0, check.Log);
    }

    [Fact]
    public async Task Started_by_hand_the_agent_gets_what_the_unit_gives_it()
    {
        var ct = TestContext.Current.CancellationToken;
        var unit = ServiceUnit.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "sandbox-agent.service"), ct));

        Assert.Contains($"caps={unit.Capabilities}\n", await File.ReadAllTextAsync(Path.Combine(Folder, "launch"), ct), StringComparison.Ordinal);
        Assert.Equal(unit["AmbientCapabilities"], unit["CapabilityBoundingSet"]);
    }
}
