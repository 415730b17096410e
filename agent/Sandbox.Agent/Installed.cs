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
    public static bool IsPackage => Environment.ProcessPath?.StartsWith(Programs, StringComparison.Ordinal) == true;

    /// <summary>How a person lets an agent run again that does not, and from now on.</summary>
    /// <param name="data">What --data says. Null: the usual folder.</param>
    public static string Resume(string? data) => IsPackage && data is null ? "sudo systemctl enable --now sandbox-agent" : Start(data);

    /// <summary>How a person starts the agent.</summary>
    /// <param name="data">What --data says. Null: the usual folder.</param>
    public static string Start(string? data) => (IsPackage, data) switch
    {
        (true, null) => "sudo systemctl restart sandbox-agent",
        (_, null) => "sandbox-agent run",
        _ => $"sandbox-agent run --data {data}",
    };
}
