using Microsoft.Playwright;
using Sandbox.EndToEnd.Crediting;
using Sandbox.EndToEnd.Harness;
using Sandbox.Protocol;

namespace Sandbox.EndToEnd.Packaging;

/// <summary>Seeded faults on a machine that was installed as people install one, under a real systemd: the agent and the helper each with all that their units forbid.</summary>
[Nightly]
public sealed class FaultsOnSystemd(Chromium chromium, AgentPackages packages) : PackagingTest(chromium, packages)
{
    private const string Device = "bench-eight";
    private const float Longest = 60_000;
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_hardened_helper_applies_what_a_mentor_seeds_sees_the_repair_and_leaves_nothing_when_it_is_killed_or_purged()
    {
        AgentPackages.NeedHelper();
        await PrepareAsync();
        Freshclam.PutOn(Machine);
        var (command, code) = await CodeAsync();
        await File.WriteAllTextAsync(Machine.At("/root/code"), code + "\n", Ct);
        await using var machine = await BootedMachine.BootAsync(Machine, Ct);
        await Freshclam.EnableAsync(machine, Ct);

        await InstallAsync(machine, command);
        await RepairAsync(machine);
        await KillAsync(machine);
        await PurgeAsync(machine);
    }

    private async Task InstallAsync(BootedMachine machine, string command)
    {
        var said = (await machine.RunAsync($"{command} -s -- --code-file /root/code --name {Device} --allow-faults", Ct)).Worked;
        var more = said.Split('\n').Single(line => line.Contains("/packages/sandbox-agent-faults_", StringComparison.Ordinal));
        _ = (await machine.RunAsync($"cd /tmp && {more}", Ct)).Worked;

        Assert.Equal("enabled\nactive", (await machine.RunAsync("systemctl is-enabled sandbox-agent-faults; systemctl is-active sandbox-agent-faults", Ct)).Worked);
        var status = (await machine.RunAsync("cat /proc/$(systemctl show -p MainPID --value sandbox-agent-faults)/status", Ct)).Worked;
        Assert.Contains("NoNewPrivs:\t1\n", status, StringComparison.Ordinal);
        Assert.Contains("Seccomp:\t2\n", status, StringComparison.Ordinal);
        Assert.Contains("CapEff:\t000000002000300b\n", status, StringComparison.Ordinal);
        Assert.Matches("^Faults may be seeded on this machine.*\nThe helper runs.$", (await machine.RunAsync("sandbox-agent faults", Ct)).Worked);
    }

    private async Task RepairAsync(BootedMachine machine)
    {
        var mentor = await JoinAsync("mina", "mentor");
        _ = await Lab.AnswerAsync(Ct, "people", "add", "ada", "--role", "apprentice");
        var task = await new SeededTask("definitions", Device, "antivirus.updates_stopped").GiveAsync(mentor, Lab);
        await Patience.UntilAsync("The server knows that it is applied", Patient, () => Lab.Count("select count(*) from \"SeededFaults\" where \"AppliedAt\" is not null") == 1, Ct);
        Assert.Equal("disabled\ninactive", await Freshclam.StandsAsync(machine, Ct));

        await Freshclam.EnableAsync(machine, Ct);

        await mentor.GotoAsync(task);
        await Assertions.Expect(mentor.Locator("[data-seeded=Repaired]")).ToBeVisibleAsync(new() { Timeout = Longest });
        Assert.Equal(["applied", "repaired"], SeededTask.Said(Lab));
        Assert.Equal("enabled\nactive", await Freshclam.StandsAsync(machine, Ct));
    }

    private async Task KillAsync(BootedMachine machine)
    {
        var helper = new FaultHelperClient(machine);
        var right = await helper.ApplyAsync(FaultName.RightsExcess, Ct);
        Assert.Contains($"sudo:x:27:{right.Seeded}\n", Machine.Read("/etc/group"), StringComparison.Ordinal);

        _ = (await machine.RunAsync("systemctl kill --signal=SIGKILL sandbox-agent-faults", Ct)).Worked;

        Assert.Equal((FaultState.Undone, FaultUndoCause.Restarted), await helper.EndOfAsync(right, Ct));
        Assert.Contains("sudo:x:27:\n", Machine.Read("/etc/group"), StringComparison.Ordinal);
    }

    private async Task PurgeAsync(BootedMachine machine)
    {
        _ = await new FaultHelperClient(machine).ApplyAsync(FaultName.RightsExcess, Ct);
        Assert.DoesNotContain("sudo:x:27:\n", Machine.Read("/etc/group"), StringComparison.Ordinal);

        _ = (await machine.RunAsync("apt-get purge -y sandbox-agent-faults", Ct)).Worked;

        Assert.Contains("sudo:x:27:\n", Machine.Read("/etc/group"), StringComparison.Ordinal);
        // A helper whose last undoing was refused ends with 1, the package's script undoes it then, and systemd remembers the first.
        var status = (await machine.RunAsync("systemctl status sandbox-agent-faults", Ct)).Output;
        if (!status.Contains("could not be found", StringComparison.Ordinal)) TestContext.Current.TestOutputHelper?.WriteLine(status);
        Assert.Equal("not-found", (await machine.RunAsync("systemctl show -p LoadState --value sandbox-agent-faults", Ct)).Worked);
        Assert.Equal("", (await machine.RunAsync("ls -d /run/sandbox-faults* 2>/dev/null", Ct)).Output);
        Assert.DoesNotContain(Machine.Files(), path => path.Contains("-faults", StringComparison.Ordinal));
        Assert.Equal("active", (await machine.RunAsync("systemctl is-active sandbox-agent", Ct)).Worked);
    }
}
