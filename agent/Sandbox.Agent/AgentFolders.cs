namespace Sandbox.Agent;

/// <summary>
/// Where the agent keeps its files: <c>DATA/agent</c>, where DATA is --data, else that of the package when the program is the package's, else
/// /var/lib/sandbox for root and ~/.local/share/sandbox for others.
/// </summary>
internal sealed class AgentFolders
{
    /// <param name="data">What --data says. Null: the usual folder.</param>
    public AgentFolders(string? data)
        : this(Path.Combine(Path.GetFullPath(data ?? Default()), "agent"), 0)
    {
    }

    private AgentFolders(string root, int _) => Root = root;

    /// <summary>Those in which a file of an identity lies.</summary>
    public static AgentFolders Of(string file) => new(Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(file))));

    /// <summary>The agent's own folder, mode 0700.</summary>
    public string Root { get; }

    /// <summary>What --data has to say for this folder. Null: nothing, it is the usual one.</summary>
    public string? Data => Path.GetDirectoryName(Root) is { } data && data != Default() ? data : null;

    /// <summary>The same as words of a command line, with a space before them. Empty: it is the usual folder.</summary>
    public string DataOption => Data is { } data ? $" --data {Typed.Word(data)}" : "";

    /// <summary>The same for a command that root gives, whose usual folder is another one than that of other users.</summary>
    public string DataOptionOfRoot => Data is null && (Installed.IsPackage || Environment.IsPrivilegedProcess) ? "" : $" --data {Typed.Word(Path.GetDirectoryName(Root)!)}";

    /// <summary>Where another identity is prepared, beside the present one.</summary>
    public AgentFolders Next => new(Root + ".next", 0);

    /// <summary>Device key, PKCS#8 PEM, mode 0600.</summary>
    public string Key => Path.Combine(Root, "device.key");

    /// <summary>Device certificate, PEM. Its presence means: enrolled.</summary>
    public string Certificate => Path.Combine(Root, "device.pem");

    /// <summary>The CA certificate that was pinned at enrolment, PEM.</summary>
    public string CaCertificate => Path.Combine(Root, "ca.pem");

    /// <summary>Server address, device id and name, JSON.</summary>
    public string Enrolment => Path.Combine(Root, "enrolment.json");

    /// <summary>The spool's folder.</summary>
    public string Spool => Path.Combine(Root, "spool");

    /// <summary>What a running agent says of itself for `status`, JSON, rewritten as things change.</summary>
    public string Status => Path.Combine(Root, "status.json");

    /// <summary>The last checkpoint of the evidence log that this device saw, a signed note.</summary>
    public string Checkpoint => Path.Combine(Root, "checkpoint");

    /// <summary>How far the logs were read for acts.</summary>
    public string ActsPlace => Path.Combine(Root, "acts.place");

    /// <summary>The folder that stood for / when the agent ran last.</summary>
    public string LastRoot => Path.Combine(Root, "root");

    private static string Default() => Installed.IsPackage ? Installed.Data
        : Environment.IsPrivilegedProcess ? "/var/lib/sandbox"
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local/share/sandbox");
}
