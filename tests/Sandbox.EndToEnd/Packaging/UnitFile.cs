using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Packaging;

/// <summary>What the units let the agent, and the helper for seeded faults, do.</summary>
public sealed class UnitFile
{
    private static string Folder => Path.Combine(Programs.Repository, "deploy/parts/package");

    // In tenths, as systemd 252 finds them; what is left open is what the agent has to see, and the helper to change (the units say which).
    [Theory]
    [InlineData("sandbox-agent.service", 36)]
    [InlineData("faults/sandbox-agent-faults.service", 28)]
    public async Task Systemd_finds_it_hardly_exposed(string unit, int most)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "systemd-analyze is not there");

        await using var check = RunningProgram.Start(
            "systemd-analyze", "/usr/bin/systemd-analyze", "security", "--no-pager", "--offline=true", $"--threshold={most}", Path.Combine(Folder, unit));

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
