using System.Runtime.InteropServices;
using Sandbox.EndToEnd.Harness;
using Sandbox.EndToEnd.Packaging;

namespace Sandbox.EndToEnd.Machines;

/// <summary>
/// The disk of a machine that is started from it, and Debian's own kernel: what a lab's PC is made of. It is the small Debian of the packages' tests with
/// what people administer such a PC with. Nobody but the tests has the keys to it.
/// </summary>
internal sealed class MachineImage : IDisposable
{
    /// <summary>What opens sudo for the apprentice.</summary>
    public const string Password = "the lab is open";

    private const string More = "udev auditd openssh-server mdadm cryptsetup-bin wireguard-tools nftables iproute2 cups-daemon cups-client restic libpam-systemd systemd-timesyncd cron hostapd wpasupplicant lldpd";

    // The card alone: no bond, and no end of a virtual cable.
    private const string Network = "[Match]\nType=ether\nKind=!*\n[Network]\nAddress=10.0.2.15/24\nGateway=10.0.2.2\n";

    // Nothing is to be started while it is installed, and it need not outlive a power cut.
    private const string Prepare = $"""
        set -e
        printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d; chmod 0755 /usr/sbin/policy-rc.d
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-unsafe-io {More} {DebianKernel.Packages} >/dev/null
        {DebianKernel.Install}
        rm /usr/sbin/policy-rc.d
        systemctl -q enable systemd-networkd ssh; systemctl -q disable apt-daily.timer apt-daily-upgrade.timer hostapd wpa_supplicant lldpd
        useradd -m -s /bin/bash -G sudo apprentice; echo 'apprentice:{Password}' | chpasswd
        rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/cache/apt/archives/*.deb
        """;

    private readonly TemporaryFolder _folder = new();

    private MachineImage()
    {
    }

    /// <summary>The root file system, as a disk.</summary>
    public string Disk => _folder.At("root.img");

    /// <summary>The kernel.</summary>
    public string KernelFile => _folder.At("vmlinuz");

    /// <summary>What the kernel starts first, which finds the root.</summary>
    public string InitialFile => _folder.At("initrd");

    /// <summary>The private key that opens sessions of an account of the machine.</summary>
    public string Key(string account) => _folder.At(account);

    /// <summary>Makes it, or skips the test, in words, where it cannot be made or started.</summary>
    public static async Task<MachineImage> MakeAsync(CancellationToken ct)
    {
        Assert.SkipUnless(RuntimeInformation.OSArchitecture == Architecture.X64, "the machine that is started here is an amd64");
        foreach (var tool in new[] { "/usr/bin/qemu-system-x86_64", "/usr/sbin/mke2fs", "/usr/bin/ssh" }) Assert.SkipUnless(File.Exists(tool), $"{tool} is not there");
        var image = new MachineImage();
        try
        {
            await using var machine = await DebianTree.MachineAsync(ct);
            _ = (await machine.RunAsync(Prepare, ct)).Worked;
            File.WriteAllText(machine.At("/etc/systemd/network/10-lab.network"), Network);
            File.WriteAllText(machine.At("/etc/hostname"), "lab-pc\n");
            File.WriteAllText(machine.At("/etc/hosts"), $"127.0.0.1 localhost lab-pc\n{VirtualMachine.Host} {InstalledMachine.ServerName}\n");
            foreach (var account in (string[])["root", "apprentice"]) await image.OpenForAsync(machine, account, ct);
            File.Move(machine.At("/boot/vmlinuz"), image.KernelFile);
            File.Move(machine.At("/boot/initrd"), image.InitialFile);
            await DoAsync("/usr/sbin/mke2fs", ["-q", "-t", "ext4", "-d", machine.Root, image.Disk, "2G"], ct);
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private async Task OpenForAsync(TreeMachine machine, string account, CancellationToken ct)
    {
        await DoAsync("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", account, "-f", Key(account)], ct);
        File.Copy(Key(account) + ".pub", machine.At("/tmp/key"));
        var home = account == "root" ? "/root" : "/home/" + account;
        _ = (await machine.RunAsync($"install -d -m 0700 -o {account} {home}/.ssh && install -m 0600 -o {account} /tmp/key {home}/.ssh/authorized_keys && rm /tmp/key", ct)).Worked;
    }

    private static async Task DoAsync(string program, string[] arguments, CancellationToken ct)
    {
        await using var run = RunningProgram.Start(program, program, arguments);
        _ = new Outcome(await run.WaitForExitAsync(ct), run.Log).Worked;
    }
}
