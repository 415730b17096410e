using System.Globalization;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Packaging;

/// <summary>A machine that was started: a real systemd is its first process (systemd-nspawn). It has this machine's network.</summary>
internal sealed class BootedMachine : IAsyncDisposable
{
    private static readonly TimeSpan LongestBoot = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(20);
    private static readonly string[] LeftGroups = ["payload", "supervisor"];
    private static readonly EnumerationOptions Within = new() { RecurseSubdirectories = true, MaxRecursionDepth = 1 };
    private readonly RunningProgram _container;

    private BootedMachine(RunningProgram container) => _container = container;

    /// <summary>Starts a machine, or skips the test, in words, where no container can be started.</summary>
    public static async Task<BootedMachine> BootAsync(TreeMachine machine, CancellationToken ct)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-nspawn"), "systemd-nspawn is not there");
        File.Delete(machine.At("/etc/machine-id"));
        var booted = new BootedMachine(RunningProgram.Start(
            "systemd", "/usr/bin/systemd-nspawn", "--directory", machine.Root, "--boot", "--register=no", "--keep-unit", "--console=pipe", "--capability=CAP_NET_ADMIN,CAP_AUDIT_READ"));
        try
        {
            await Patience.UntilAsync("systemd runs", LongestBoot, async () => booted._container.HasExited || await booted.IsUpAsync(ct), ct);
        }
        catch (TimeoutException)
        {
            // Said below.
        }

        if (await booted.IsUpAsync(ct)) return booted;
        var log = booted._container.Log;
        await booted.DisposeAsync();
        Assert.Skip($"systemd does not start in a container here:\n{log}");
        return booted;
    }

    /// <summary>Runs a line of shell as root.</summary>
    public async Task<Outcome> RunAsync(string line, CancellationToken ct)
    {
        await using var run = RunningProgram.Start("line", "/usr/bin/nsenter",
            "--target", FirstProcess ?? "none", "--mount", "--pid", "--uts", "--ipc", "--root", "--wd", "/usr/bin/env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "/bin/sh", "-c", line);
        return new Outcome(await run.WaitForExitAsync(ct), run.Log);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // With the first process all others of the container end, and systemd-nspawn by itself; without systemd-nspawn they would go on.
        if (FirstProcess is { } first) Signals.Kill(int.Parse(first, CultureInfo.InvariantCulture));
        await Patience.UntilAsync("The container has ended", LongestEnd, () => _container.HasExited, CancellationToken.None);
        await _container.DisposeAsync();
        // Where no systemd keeps order among them, these are left behind.
        foreach (var group in LeftGroups.SelectMany(name => Directory.GetDirectories("/sys/fs/cgroup", name, Within))) await RemoveAsync(group);
    }

    private static async Task RemoveAsync(string group)
    {
        await using var remove = RunningProgram.Start("find", "/usr/bin/find", group, "-depth", "-type", "d", "-exec", "/bin/rmdir", "{}", ";");
        await remove.WaitForExitAsync(CancellationToken.None);
    }

    private string? FirstProcess => _container.HasExited ? null : File.ReadAllText($"/proc/{_container.Id}/task/{_container.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();

    private async Task<bool> IsUpAsync(CancellationToken ct) =>
        FirstProcess is not null && (await RunAsync("systemctl is-system-running", ct)).Output.Trim() is "running" or "degraded";
}
