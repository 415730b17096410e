using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Packaging;

/// <summary>A machine that has the agent gets another version, by the same command.</summary>
[Nightly]
public sealed class Upgrades(Chromium chromium, AgentPackages packages) : PackagingTest(chromium, packages)
{
    private const string Agent = "/var/lib/sandbox-agent/agent";
    private const string Build = "/usr/lib/sandbox-agent/build";

    [Fact]
    public async Task Identity_and_spool_stay()
    {
        await PrepareAsync();
        await InstallAsync();
        await RunAsync();
        await Machine.StopServiceAsync();
        var (key, epoch) = (Machine.Read($"{Agent}/device.key"), await EpochAsync());

        await UpgradeAsync(Next);
        await RunAsync();

        Assert.StartsWith(Next, Machine.Read(Build), StringComparison.Ordinal);
        Assert.Equal(key, Machine.Read($"{Agent}/device.key"));
        Assert.Equal(epoch, await EpochAsync());
        Assert.Equal((1, 0), (Lab.Count("select count(*) from \"Devices\""), Lab.LostOrTwice));
    }

    [Fact]
    public async Task A_version_that_ends_again_and_again_gives_way_to_the_one_before_and_never_takes_its_place()
    {
        await PrepareAsync();
        await InstallAsync();
        await RunAsync();
        await Machine.StopServiceAsync();
        var first = Machine.Read(Build).Trim();

        await UpgradeAsync(AgentPackages.Broken);
        await RunAsync();

        var journal = Machine.Journal.Split('\n');
        Assert.Equal(3, journal.Count(line => line == "this version is broken"));
        Assert.Contains(journal, line => line.EndsWith("this is try 3, after a pause of 4 s.", StringComparison.Ordinal));
        Assert.Contains(journal, line => line.Contains($"ended 3 times before it had proven itself, so the version before it, {first}, takes its place.", StringComparison.Ordinal));

        await Machine.StopServiceAsync();
        await UpgradeAsync(Next);
        Assert.Equal(first, Machine.Read("/usr/lib/sandbox-agent/previous/build").Trim());
    }

    private async Task UpgradeAsync(string version)
    {
        await ServeAsync(version);
        var (command, code) = await CodeAsync();
        Assert.Contains("enrolled already and stays what it is", (await Machine.TypeAsync(command, code, Ct)).Worked, StringComparison.Ordinal);
    }

    private Task<byte[]> EpochAsync() => File.ReadAllBytesAsync(Machine.At($"{Agent}/spool/epoch"), Ct);
}
