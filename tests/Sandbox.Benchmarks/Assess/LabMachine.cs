using Sandbox.Agent;
using Sandbox.EndToEnd.Harness;
using Sandbox.Protocol;

namespace Sandbox.Benchmarks.Assess;

/// <summary>What the agent's own collectors report of a machine, before and after an apprentice mended it.</summary>
internal static class LabMachine
{
    private const string Faillock = "auth requisite pam_faillock.so preauth\nauth [success=2 default=ignore] pam_unix.so\nauth [default=die] pam_faillock.so authfail\nauth requisite pam_deny.so\n";

    /// <summary>The facts of the machine as it was, and as it is.</summary>
    public static async Task<(IReadOnlyList<Fact> Before, IReadOnlyList<Fact> After)> ReadAsync(CancellationToken ct)
    {
        using var folder = new TemporaryFolder();
        var files = new MachineFiles(folder.Path);
        files.Write("etc/ssh/sshd_config", "Include /etc/ssh/sshd_config.d/*.conf\nPermitRootLogin yes\nX11Forwarding yes\nUsePAM yes\nSubsystem sftp /usr/lib/openssh/sftp-server\n");
        files.Write("etc/sudoers", "Defaults env_reset\nroot ALL=(ALL:ALL) ALL\n%sudo ALL=(ALL:ALL) NOPASSWD: ALL\n@includedir /etc/sudoers.d\n");
        files.Write("usr/sbin/sshd", "");
        files.Write("usr/bin/sudo", "");
        files.Write("etc/pam.d/login", "@include common-auth\n@include common-password\n");
        files.Write("etc/pam.d/passwd", "@include common-password\n");
        files.Write("etc/pam.d/common-auth", "auth [success=1 default=ignore] pam_unix.so nullok\nauth requisite pam_deny.so\n");
        var before = await CollectAsync(folder.Path, ct);

        files.SetMaxDays(90);
        files.SetPasswordDays(90);
        files.Write("etc/passwd", "root:x:0:0:root:/root:/bin/bash\nelif:x:1000:1000:Elif:/home/elif:/bin/bash\nanna:x:1001:1001:Anna:/home/anna:/bin/bash\n");
        files.Write("etc/security/pwquality.conf", "minlen = 14\nminclass = 4\ndifok = 2\nmaxrepeat = 3\n");
        files.Write("etc/security/faillock.conf", "deny = 4\nunlock_time = 900\n");
        files.Write("etc/pam.d/common-auth", Faillock);
        files.Write("etc/ssh/sshd_config.d/lab.conf", "PermitRootLogin no\nX11Forwarding no\nMaxAuthTries 4\nPermitEmptyPasswords no\nLoginGraceTime 60\n");
        files.Write("etc/sudoers.d/lab", "Defaults use_pty\nDefaults logfile=/var/log/sudo.log\n");
        return (before, await CollectAsync(folder.Path, ct));
    }

    private static async Task<IReadOnlyList<Fact>> CollectAsync(string root, CancellationToken ct)
    {
        var facts = new List<Fact>();
        foreach (var collector in AllCollectors.For(root)) facts.AddRange(await collector.CollectAsync(ct));
        return facts;
    }
}
