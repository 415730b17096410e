using System.Globalization;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Packaging;

/// <summary>A machine that was started: a real systemd is its first process (systemd-nspawn). It has this machine's network, unless it was given one of its own.</summary>
internal sealed class BootedMachine : IAsyncDisposable
{
    private static readonly TimeSpan LongestBoot = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(20);
    private static readonly string[] LeftGroups = ["payload", "supervisor"];
    private static readonly EnumerationOptions Within = new() { RecurseSubdirectories = true, MaxRecursionDepth = 1 };
    private readonly string[] _line;
    private RunningProgram _container;

    private BootedMachine(string[] line) => (_line, _container) = (line, Start(line));

    /// <summary>Starts a machine, or skips the test, in words, where no container can be started.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <param name="apart">Whether it gets a network of its own, with nothing else in it, so that its packet filter is nobody else's.</param>
    public static async Task<BootedMachine> BootAsync(TreeMachine machine, CancellationToken ct, bool apart = false)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-nspawn"), "systemd-nspawn is not there");
        File.Delete(machine.At("/etc/machine-id"));
        string[] network = apart ? ["--private-network"] : [];
        var booted = new BootedMachine(["--directory", machine.Root, "--boot", "--register=no", "--keep-unit", "--console=pipe", "--capability=CAP_NET_ADMIN,CAP_AUDIT_READ", .. network]);
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

    /// <summary>Where one of its files is, also what lies on no disk, such as /run.</summary>
    public string At(string path) => $"/proc/{FirstProcess}/root{path}";

    /// <summary>Shuts it down and starts it again.</summary>
    public async Task RestartAsync(CancellationToken ct)
    {
        _ = await RunAsync("systemctl poweroff", ct);
        await Patience.UntilAsync("It has shut down", LongestBoot, () => _container.HasExited, ct);
        await _container.DisposeAsync();
        _container = Start(_line);
        await Patience.UntilAsync("systemd runs again", LongestBoot, () => IsUpAsync(ct), ct);
    }

    /// <summary>Runs a line of shell as root.</summary>
    public async Task<Outcome> RunAsync(string line, CancellationToken ct)
    {
        await using var run = RunningProgram.Start("line", "/usr/bin/nsenter",
            "--target", FirstProcess ?? "none", "--mount", "--pid", "--uts", "--ipc", "--net", "--root", "--wd", "/usr/bin/env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "/bin/sh", "-c", line);
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

    private static RunningProgram Start(string[] line) => RunningProgram.Start("systemd", "/usr/bin/systemd-nspawn", line);

    private async ValueTask<bool> IsUpAsync(CancellationToken ct) =>
        FirstProcess is not null && (await RunAsync("systemctl is-system-running", ct)).Output.Trim() is "running" or "degraded";
}
