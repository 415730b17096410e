using System.Text.RegularExpressions;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Packaging;

/// <summary>The command of the page, typed on a machine that has nothing.</summary>
public sealed partial class OneCommand(Chromium chromium, AgentPackages packages) : PackagingTest(chromium, packages)
{
    private const string Program = "/usr/lib/sandbox-agent/sandbox-agent";

    [Fact]
    public async Task It_installs_and_enrols_and_the_service_reports_what_only_root_may_read()
    {
        await PrepareAsync();

        var said = await InstallAsync();
        await RunAsync();

        Assert.Contains("Installed: sandbox-agent 0.1.0-", said, StringComparison.Ordinal);
        Assert.Contains("systemd does not run here", said, StringComparison.Ordinal);
        await Patience.UntilAsync("The server has its facts", TimeSpan.FromSeconds(30), () => Lab.Count("select count(*) from \"Facts\"") > 10, Ct);
        var unit = ServiceUnit.Parse(Machine.Read("/usr/lib/systemd/system/sandbox-agent.service"));
        var seen = (await Machine.RunAsync($"{unit.AsItsUser} sandbox-agent collect --once --json", Ct)).Worked;
        Assert.DoesNotContain("permission denied", seen, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Connected        since", (await Machine.RunAsync("sandbox-agent status", Ct)).Worked, StringComparison.Ordinal);
    }

    [Fact, Nightly]
    public async Task Another_key_than_the_pages_is_refused_before_anything_is_run()
    {
        await PrepareAsync();
        var (command, code) = await CodeAsync();
        var before = Machine.Files();

        var outcome = await Machine.TypeAsync(Pin().Replace(command, "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="), code, Ct);

        Assert.Contains("public key does not match pinned public key", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(before, Machine.Files());
    }

    [Fact]
    public async Task A_package_that_was_tampered_with_is_not_installed()
    {
        await PrepareAsync();
        var (command, code) = await CodeAsync();
        await File.AppendAllTextAsync(Directory.GetFiles(Path.Combine(Lab.Data, "server", "packages"), "sandbox-agent_*.deb").Single(), "more", Ct);

        var outcome = await Machine.TypeAsync(command, code, Ct);

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("is not what the server's SHA256SUMS says. Nothing was installed.", outcome.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Machine.At(Program)));
    }

    [Fact, Nightly]
    public async Task Without_a_terminal_it_says_how_to_hand_the_code_over_and_then_takes_it_from_a_file()
    {
        await PrepareAsync();
        var (command, code) = await CodeAsync();
        await File.WriteAllTextAsync(Machine.At("/root/code"), code + "\n", Ct);

        var without = await Machine.RunAsync(command, Ct);
        var with = await Machine.RunAsync($"{command} -s -- --code-file /root/code --name bench-9", Ct);

        Assert.Equal(2, without.ExitCode);
        Assert.Contains("There is no terminal to ask for the join code on", without.Output, StringComparison.Ordinal);
        Assert.Contains("Enrolled as bench-9", with.Worked, StringComparison.Ordinal);
    }

    [Fact, Nightly]
    public async Task Where_there_is_no_dpkg_the_tarball_is_installed_and_removed_again()
    {
        await PrepareAsync();
        foreach (var tool in Directory.GetFiles(Machine.At("/usr/bin"), "dpkg*").Concat(Directory.GetFiles(Machine.At("/usr/bin"), "apt*"))) File.Delete(tool);
        var before = Machine.Files();

        var said = await InstallAsync(" -s -- --allow-faults");
        await RunAsync();
        await Machine.StopServiceAsync();
        _ = (await Machine.RunAsync("/usr/lib/sandbox-agent/uninstall --purge", Ct)).Worked;

        Assert.Contains("takes the package sandbox-agent-faults as well, which cannot be had here", said, StringComparison.Ordinal);
        Assert.Equal(before, Machine.Files());
    }

    [GeneratedRegex("sha256//[A-Za-z0-9+/]{43}=")]
    private static partial Regex Pin();
}
