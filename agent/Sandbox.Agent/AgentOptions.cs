using System.CommandLine;

namespace Sandbox.Agent;

/// <summary>Options that several commands share.</summary>
internal static class AgentOptions
{
    /// <summary>--data DIR.</summary>
    public static Option<string?> Data() => new("--data")
    {
        Description = "Where the agent keeps its files, in DIR/agent. Unless set: /var/lib/sandbox-agent when it was installed as a package, else /var/lib/sandbox as root and ~/.local/share/sandbox for others.",
        HelpName = "DIR",
    };
}
