namespace Sandbox.EndToEnd.Harness;

/// <summary>A small machine's files below a folder, for an agent's --root.</summary>
internal sealed class MachineFiles
{
    private const string Hash = "$6$saltsalt$0123456789012345678901234567890123456789012345678901234567890123456789012345678901234.";

    // Once for all machines, so that they say the same over midnight, too.
    private static readonly int Today = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Days;

    /// <summary>Fills a new folder.</summary>
    public MachineFiles(string root)
    {
        Root = root;
        Write("etc/os-release", "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nID=debian\n");
        Write("etc/hostname", "bench-seven\n");
        Write("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        Write("proc/sys/kernel/osrelease", "6.1.0-test\n");
        Write("proc/sys/kernel/hostname", "bench-seven\n");
        Write("etc/passwd", "root:x:0:0:root:/root:/bin/bash\nelif:x:1000:1000:Elif:/home/elif:/bin/bash\n");
        Write("etc/group", "root:x:0:\nsudo:x:27:elif\nelif:x:1000:\n");
        Write("etc/shadow", "root:*:19700:0:99999:7:::\nelif:!:19700:0:99999:7:::\n");
        Write("etc/pam.d/common-password", "password requisite pam_pwquality.so retry=3\npassword [success=1 default=ignore] pam_unix.so obscure use_authtok yescrypt\n");
        Write("etc/security/pwquality.conf", "minlen = 14\n");
        SetMaxDays(99999);
    }

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>Sets PASS_MAX_DAYS of login.defs as an editor does: a new file in place of the old one.</summary>
    public void SetMaxDays(int days) => Write("etc/login.defs", $"PASS_MAX_DAYS\t{days}\nPASS_MIN_DAYS\t0\nPASS_WARN_AGE\t7\nENCRYPT_METHOD YESCRYPT\n");

    /// <summary>Sets for how many days the password of elif is valid, which was set today: as chage -M does to an account that somebody uses.</summary>
    public void SetPasswordDays(int days) => Write("etc/shadow", $"root:*:19700:0:99999:7:::\nelif:{Hash}:{Today}:0:{days}:7:::\n");

    /// <summary>Puts a file in place, whole at once.</summary>
    public void Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file + ".new", text);
        File.Move(file + ".new", file, overwrite: true);
    }
}
