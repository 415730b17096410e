namespace Sandbox.EndToEnd.Packaging;

/// <summary>The package goes.</summary>
[Nightly]
public sealed class Removal(Chromium chromium, AgentPackages packages) : PackagingTest(chromium, packages)
{
    private const string Identity = "/var/lib/sandbox-agent/agent/device.pem";

    [Fact]
    public async Task Removed_and_installed_again_it_is_the_same_device_and_purged_it_leaves_nothing()
    {
        await PrepareAsync();
        var (files, accounts) = (Machine.Files(), Machine.Read("/etc/passwd"));
        await InstallAsync();
        var identity = Machine.Read(Identity);

        await AptAsync("remove");
        Assert.False(Directory.Exists(Machine.At("/usr/lib/sandbox-agent")));

        Assert.Contains("Whether faults may be seeded on it is said when it is enrolled, and stays as it was", await InstallAsync(" -s -- --allow-faults"), StringComparison.Ordinal);
        Assert.Contains("No faults are seeded on this machine", (await Machine.RunAsync("sandbox-agent faults", Ct)).Worked, StringComparison.Ordinal);
        Assert.Equal(identity, Machine.Read(Identity));
        await RunAsync();
        await Machine.StopServiceAsync();

        await AptAsync("purge");
        Assert.Equal(files, Machine.Files());
        Assert.Equal(accounts, Machine.Read("/etc/passwd"));
    }

    private async Task AptAsync(string what) => _ = (await Machine.RunAsync($"apt-get {what} -y sandbox-agent", Ct)).Worked;
}
