using System.Globalization;
using Sandbox.EndToEnd.Harness;
using Sandbox.Protocol;

namespace Sandbox.EndToEnd.Machines;

/// <summary>Starts of the machine, and the other way to install the agent.</summary>
public sealed class StartingAgain(InstalledMachine installed) : MachineTest(installed)
{
    private static readonly TimeSpan LongestReport = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task After_a_restart_the_agent_reports_by_itself_as_the_same_device_and_nothing_is_missing()
    {
        var before = Installed.Lab.Reports;

        await Installed.Machine.RebootAsync(Ct);
        await RootAsync("sed -i 's/^PASS_MAX_DAYS.*/PASS_MAX_DAYS 42/' /etc/login.defs");

        await Patience.UntilAsync("What changed after the start", LongestReport, () => Installed.Lab.MaxDays == 42, Ct);
        Assert.True(Installed.Lab.Reports > before);
        // Who may not look says so, and not that there is nothing.
        Assert.Contains("Type it with sudo", (await Installed.Machine.RunAsync("sandbox-agent status", Ct, "apprentice")).Output, StringComparison.Ordinal);
        Assert.Equal((1, 0), (Installed.Lab.Count("select count(*) from \"Devices\""), Installed.Lab.LostOrTwice));
    }

    [Fact(Explicit = true)]
    public async Task The_tarball_takes_the_place_of_the_package_and_the_package_that_of_the_tarball()
    {
        await RootAsync("apt-get remove -y sandbox-agent");
        Assert.Equal("gone", await RootAsync("test -e /usr/lib/sandbox-agent/sandbox-agent || echo gone"));

        await RootAsync($"cd /tmp && curl -fsSk https://{InstalledMachine.ServerName}:{Installed.Lab.WebPort}/packages/{Tarball} | tar -xz && */install && rm -r /tmp/sandbox-agent*");
        await RunsAsync("31");
        // 3.6 of 10, "OK": CAP_NET_ADMIN and the like are what it costs to see the machine.
        Assert.InRange(double.Parse(await RootAsync("systemd-analyze security sandbox-agent --no-pager | sed -n 's/.*Overall exposure level.*: \\([0-9.]*\\) .*/\\1/p'"), CultureInfo.InvariantCulture), 0.1, 3.7);

        await RootAsync("/usr/lib/sandbox-agent/uninstall");
        Assert.Equal("gone", await RootAsync("test -e /usr/lib/sandbox-agent || echo gone"));
        await RootAsync($"curl -fsSk https://{InstalledMachine.ServerName}:{Installed.Lab.WebPort}/install | sh");
        await RunsAsync("32");
        Assert.Equal((1, 0), (Installed.Lab.Count("select count(*) from \"Devices\""), Installed.Lab.LostOrTwice));
    }

    private string Tarball => Path.GetFileName(Directory.GetFiles(Path.Combine(Installed.Lab.Data, "server", "packages"), "*.tar.gz").Single());

    private async Task RunsAsync(string days)
    {
        Assert.Equal("active", await RootAsync("systemctl is-active sandbox-agent"));
        await RootAsync($"sed -i 's/^PASS_MAX_DAYS.*/PASS_MAX_DAYS {days}/' /etc/login.defs");
        await Patience.UntilAsync($"{days} days", LongestReport, () => Installed.Lab.MaxDays == long.Parse(days, CultureInfo.InvariantCulture), Ct);
    }
}
