using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Packaging;

/// <summary>The service under a real systemd, with all that its unit forbids.</summary>
public sealed class OnSystemd(Chromium chromium, AgentPackages packages) : PackagingTest(chromium, packages)
{
    [Fact]
    public async Task The_command_starts_the_hardened_service_upgrades_it_leaves_it_disabled_and_purging_ends_it()
    {
        await PrepareAsync();
        var (command, code) = await CodeAsync();
        await File.WriteAllTextAsync(Machine.At("/root/code"), code + "\n", Ct);
        await using var machine = await BootedMachine.BootAsync(Machine, Ct);

        var installed = (await machine.RunAsync($"{command} -s -- --code-file /root/code", Ct)).Worked;
        Assert.Contains("The agent runs and reports, now and whenever this machine starts.", installed, StringComparison.Ordinal);
        Assert.Equal("enabled\nactive", (await machine.RunAsync("systemctl is-enabled sandbox-agent; systemctl is-active sandbox-agent", Ct)).Worked);
        var status = (await machine.RunAsync("cat /proc/$(systemctl show -p MainPID --value sandbox-agent)/status", Ct)).Worked;
        Assert.Contains("NoNewPrivs:\t1\n", status, StringComparison.Ordinal);
        Assert.Contains("Seccomp:\t2\n", status, StringComparison.Ordinal);
        Assert.Contains("CapEff:\t0000002000083004\n", status, StringComparison.Ordinal);
        await Patience.UntilAsync("The server has its facts", TimeSpan.FromSeconds(30), () => Lab.Count("select count(*) from \"Facts\"") > 10, Ct);

        await ServeAsync(Next);
        Assert.Contains("The agent runs and reports", (await machine.RunAsync(command, Ct)).Worked, StringComparison.Ordinal);
        Assert.StartsWith(Next, Machine.Read("/usr/lib/sandbox-agent/build"), StringComparison.Ordinal);

        await machine.RunAsync("systemctl disable --now sandbox-agent", Ct);
        Assert.Contains("The service was disabled here, and stays so.", (await machine.RunAsync(command, Ct)).Worked, StringComparison.Ordinal);
        Assert.Equal("inactive", (await machine.RunAsync("systemctl is-active sandbox-agent", Ct)).Output.Trim());

        _ = (await machine.RunAsync("systemctl enable --now sandbox-agent && apt-get purge -y sandbox-agent", Ct)).Worked;
        Assert.Contains("could not be found", (await machine.RunAsync("systemctl status sandbox-agent", Ct)).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Machine.Files(), path => path.Contains("sandbox-agent", StringComparison.Ordinal));
    }
}
