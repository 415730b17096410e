namespace Sandbox.Agent;

/// <summary>
/// What the package (deploy/package) puts where. Its data are apart from those that deploy/up makes as root: a service with a user of its own must
/// be able to write the folder above its files, and on a server that one would hold the server's, too.
/// </summary>
internal static class Installed
{
    /// <summary>The package's user owns it.</summary>
    public const string Data = "/var/lib/sandbox-agent";

    private const string Programs = "/usr/lib/sandbox-agent/";

    /// <summary>Whether this very program is the package's, or the one before it that was kept.</summary>
    public static bool IsPackage => Environment.ProcessPath is { } path && IsOf(path);

    /// <summary>Whether a program is the package's.</summary>
    public static bool IsOf(string path) => path.StartsWith(Programs, StringComparison.Ordinal);

    /// <summary>How a person lets an agent run again that does not, and from now on.</summary>
    public static string Resume(AgentFolders folders) => IsService(folders) && SystemdRuns ? "sudo systemctl enable --now sandbox-agent" : Start(folders);

    /// <summary>How a person starts the agent, with the folder for / that it ran with the last time.</summary>
    public static string Start(AgentFolders folders) => IsService(folders)
        ? SystemdRuns ? "sudo systemctl restart sandbox-agent" : $"sudo {Programs}launch"
        : Typed.Agent($"run{folders.DataOption}{LastRoot.Option(new LastRoot(folders).Read())}");

    private static bool IsService(AgentFolders folders) => IsPackage && folders.Data is null && LastRoot.Option(new LastRoot(folders).Read()) is "";

    // sd_booted(3).
    private static bool SystemdRuns => Directory.Exists("/run/systemd/system");
}
