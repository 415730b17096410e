using System.Globalization;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Machines;

/// <summary>
/// A machine with a kernel of its own, under software emulation (QEMU): what the kernel of a build machine lacks is real in here, such as encrypted volumes,
/// RAID, WireGuard, the firmware's tables and disks that know of their health. Its network is QEMU's own; this machine's loopback is <see cref="Host"/> in
/// there.
/// </summary>
internal sealed class VirtualMachine : IAsyncDisposable
{
    /// <summary>This machine, as it is seen from in there.</summary>
    public const string Host = "10.0.2.2";

    // Measured 46 s beside two builds.
    private static readonly TimeSpan LongestBoot = TimeSpan.FromSeconds(600);
    private readonly TemporaryFolder _folder = new();
    private readonly MachineImage _image;
    private readonly int _port = FreePorts.Two().One;
    private readonly RunningProgram _emulator;

    private VirtualMachine(MachineImage image)
    {
        _image = image;
        foreach (var disk in (string[])["one", "other", "third", "old"]) Blank(disk);
        _emulator = RunningProgram.Start("qemu", "/usr/bin/qemu-system-x86_64",
            "-accel", "tcg", "-machine", "pc", "-cpu", "max", "-smp", "2", "-m", "1024", "-display", "none", "-monitor", "none", "-serial", "file:" + _folder.At("console"),
            "-kernel", image.KernelFile, "-initrd", image.InitialFile, "-append", "console=ttyS0 panic=-1 systemd.show_status=0",
            "-drive", $"file={image.Disk},if=none,id=root,format=raw", "-device", "nvme,serial=ROOT-1,drive=root",
            "-drive", $"file={_folder.At("one")},if=none,id=one,format=raw", "-device", "nvme,serial=DATA-1,drive=one",
            "-drive", $"file={_folder.At("other")},if=none,id=other,format=raw", "-device", "nvme,serial=DATA-2,drive=other",
            "-drive", $"file={_folder.At("third")},if=none,id=third,format=raw", "-device", "nvme,serial=DATA-3,drive=third",
            "-drive", $"file={_folder.At("old")},if=none,id=old,format=raw", "-device", "ide-hd,serial=OLD-1,drive=old",
            "-netdev", $"user,id=net,hostfwd=tcp:127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)}-:22", "-device", "virtio-net-pci,netdev=net");
    }

    /// <summary>What its kernel and its systemd said, for a failure.</summary>
    public string Console => File.Exists(_folder.At("console")) ? File.ReadAllText(_folder.At("console")) : _emulator.Log;

    /// <summary>Starts it, and waits until all its services run.</summary>
    public static async Task<VirtualMachine> BootAsync(MachineImage image, CancellationToken ct)
    {
        var machine = new VirtualMachine(image);
        try
        {
            await machine.IsUpAsync(ct);
            return machine;
        }
        catch (Exception fault)
        {
            var console = machine.Console;
            await machine.DisposeAsync();
            throw new InvalidOperationException($"{fault.Message}\n{console}", fault);
        }
    }

    /// <summary>Runs a line of shell in a session that is opened with the key of an account.</summary>
    public async Task<Outcome> RunAsync(string line, CancellationToken ct, string account = "root", string? typed = null)
    {
        await using var run = RunningProgram.Start("ssh", "/usr/bin/ssh", typed,
        [
            "-q", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "IdentitiesOnly=yes", "-o", "ConnectTimeout=5", "-i", _image.Key(account),
            "-p", _port.ToString(CultureInfo.InvariantCulture), $"{account}@127.0.0.1", line,
        ]);
        return new Outcome(await run.WaitForExitAsync(ct), run.Log);
    }

    /// <summary>Starts it again, as people do.</summary>
    public async Task RebootAsync(CancellationToken ct)
    {
        var before = await BootIdAsync(ct);
        await RunAsync("systemctl reboot", ct);
        await Patience.UntilAsync("The machine has started again", LongestBoot, async () => await BootIdAsync(ct) is { Length: > 0 } now && now != before, ct);
        await IsUpAsync(ct);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _emulator.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<string> BootIdAsync(CancellationToken ct) => (await RunAsync("cat /proc/sys/kernel/random/boot_id", ct)) is { ExitCode: 0 } said ? said.Output.Trim() : "";

    private Task IsUpAsync(CancellationToken ct) => Patience.UntilAsync("The machine has started", LongestBoot, async () =>
        _emulator.HasExited
            ? throw new InvalidOperationException($"qemu ended with exit code {_emulator.ExitCode}: {_emulator.Log}")
            : (await RunAsync("systemctl is-system-running --wait", ct)).Output.Trim() is "running" or "degraded", ct);

    private void Blank(string disk)
    {
        using var file = File.Create(_folder.At(disk));
        file.SetLength(64 << 20);
    }
}
