namespace Sandbox.EndToEnd.Packaging;

/// <summary>What stands for Debian's clamav-freshclam on a machine: a unit, and the script that it replaces, of which systemctl takes care as well. It fetches nothing.</summary>
internal static class Freshclam
{
    private const string Unit = "[Service]\nExecStart=/bin/sleep infinity\n[Install]\nWantedBy=multi-user.target\n";

    private const string Script = """
        #!/bin/sh
        ### BEGIN INIT INFO
        # Provides: clamav-freshclam
        # Required-Start: $remote_fs
        # Required-Stop:
        # Default-Start: 2 3 4 5
        # Default-Stop: 0 1 6
        ### END INIT INFO
        """;

    /// <summary>Puts it on a machine that is not started yet.</summary>
    public static void PutOn(TreeMachine machine)
    {
        File.WriteAllText(machine.At("/etc/systemd/system/clamav-freshclam.service"), Unit);
        File.WriteAllText(machine.At("/etc/init.d/clamav-freshclam"), Script + "\n");
        File.SetUnixFileMode(machine.At("/etc/init.d/clamav-freshclam"), (UnixFileMode)0b111_101_101);
    }

    /// <summary>What people type so that it runs, now and whenever the machine starts.</summary>
    public static async Task EnableAsync(BootedMachine machine, CancellationToken ct) => _ = (await machine.RunAsync("systemctl enable --now clamav-freshclam", ct)).Worked;

    /// <summary>How it stands, in systemctl's words: a line whether it is enabled, and one whether it is active.</summary>
    public static async Task<string> StandsAsync(BootedMachine machine, CancellationToken ct) =>
        (await machine.RunAsync("systemctl is-enabled clamav-freshclam; systemctl is-active clamav-freshclam", ct)).Output.Trim();
}
