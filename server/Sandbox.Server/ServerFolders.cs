namespace Sandbox.Server;

/// <summary>Where the server keeps its files: <c>DATA/server</c>, where DATA is --data, /var/lib/sandbox for root, else ~/.local/share/sandbox.</summary>
internal sealed class ServerFolders(string? data)
{
    /// <summary>The server's own folder, mode 0700.</summary>
    public string Root { get; } = Path.Combine(Data(data), "server");

    /// <summary>CA and server keys and certificates, mode 0700; keys 0600.</summary>
    public string Pki => Path.Combine(Root, "pki");

    /// <summary>The SQLite database.</summary>
    public string Database => Path.Combine(Root, "sandbox.db");

    /// <summary>Data-protection keys of the web pages' cookies.</summary>
    public string CookieKeys => Path.Combine(Root, "cookie-keys");

    /// <summary>Host name and ports, JSON: what commands need to write addresses into join codes and links.</summary>
    public string Settings => Path.Combine(Root, "server.json");

    /// <summary>The policy of one's own that judges, as it was given with --policy; it need not be there.</summary>
    public string Policy => Path.Combine(Root, "policy.yaml");

    /// <summary>The evidence log's signing key, mode 0600.</summary>
    public string LogKey => Path.Combine(Pki, "log.key");

    /// <summary>The agent's packages, as deploy/package left them; it need not be there.</summary>
    public string Packages => Path.Combine(Root, "packages");

    /// <summary>Of each log key that ended, the last checkpoint that it and its follower signed.</summary>
    public string Handovers => Path.Combine(Pki, "handovers");

    /// <summary>The newest checkpoint of the evidence log that was shown, a signed note.</summary>
    public string ShownCheckpoint => Path.Combine(Root, "log.checkpoint");

    /// <summary>The data folder that --data names, or the usual one.</summary>
    public static string Data(string? data) => Path.GetFullPath(data ?? (Environment.IsPrivilegedProcess
        ? "/var/lib/sandbox"
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local/share/sandbox")));
}
