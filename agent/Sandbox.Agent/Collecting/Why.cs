using Sandbox.Protocol;

namespace Sandbox.Agent.Collecting;

/// <summary>Words for what could not be seen.</summary>
internal static class Why
{
    private const string NotPresent = "not present";

    // Root's default data folder is another one, where this device is not enrolled.
    private static readonly string AsRoot =
        $"Run the agent as root with the same data folder: {Typed.AsRoot("run --data DIR")}, where DIR is the --data of this agent, or ~/.local/share/sandbox of its user";

    /// <summary>Nothing is there.</summary>
    public static Unseen Absent(string path, string? remedy = null) => Of(path, NotPresent, remedy);

    /// <summary>Whether it says that nothing is there, which need not be a fault.</summary>
    public static bool IsAbsent(Unseen unseen) => unseen.Why == NotPresent;

    /// <summary>What reading it ended in.</summary>
    public static Unseen Of(string path, Exception fault) => fault switch
    {
        UnauthorizedAccessException => Of(path, "permission denied", AsRoot),
        FileNotFoundException or DirectoryNotFoundException => Absent(path),
        _ => Of(path, fault.Message),
    };

    /// <summary>Any other reason.</summary>
    public static Unseen Of(string path, string why, string? remedy = null)
    {
        var unseen = new Unseen { What = RootFolder.Shown(path), Why = why };
        if (remedy is not null) unseen.Remedy = remedy;
        return unseen;
    }
}
