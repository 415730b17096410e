using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Agent.Accounts;

/// <summary>Whether a shell lets somebody in, by its name.</summary>
internal static class Shell
{
    private static readonly HashSet<string> Login =
    [
        "ash", "bash", "csh", "dash", "elvish", "fish", "ksh", "ksh93", "mksh", "nu", "pwsh", "rbash", "screen", "sh", "tcsh", "tmux",
        "xonsh", "zsh",
    ];

    public static ShellClass Classify(string path) => path[(path.LastIndexOf('/') + 1)..] switch
    {
        "nologin" or "false" or "true" => ShellClass.NoLogin,
        var name => Login.Contains(name) ? ShellClass.Login : ShellClass.Other,
    };
}
