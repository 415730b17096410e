namespace Sandbox.Agent;

/// <summary>What a person types to run this very program: its name where the PATH leads to it, else its full path.</summary>
internal static class Typed
{
    /// <summary>Environment variable in which what starts the program for people (DATA/bin/sandbox-agent of deploy/up) says where it lies itself.</summary>
    public const string StarterVariable = "SANDBOX_AGENT_STARTER";

    private const string Name = "sandbox-agent";

    // Where sudo looks, whatever the PATH of who types it (secure_path of sudoers(5), as Debian sets it).
    private const string PathOfSudo = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>A command of the agent for who typed the present one: with sudo, where that was typed with sudo.</summary>
    public static string Agent(string words) => Environment.IsPrivilegedProcess && Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 }
        ? AsRoot(words)
        : $"{Word(NameOn(Environment.GetEnvironmentVariable("PATH") ?? "", Program))} {words}";

    /// <summary>A command of the agent that only root can give.</summary>
    public static string AsRoot(string words) => $"sudo {Word(NameOn(PathOfSudo, Program))} {words}";

    /// <summary>One word of a command line, quoted for the shell where it has to be.</summary>
    public static string Word(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "/._-+:,@=".Contains(c, StringComparison.Ordinal)) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>The program's name when the first program of that name on the path is this one, else where it lies.</summary>
    public static string NameOn(string path, string program)
    {
        var found = path.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, Name)).FirstOrDefault(File.Exists);
        return found is not null && IsSame(found, program) ? Name : program;
    }

    private static string Program => Environment.GetEnvironmentVariable(StarterVariable) is { Length: > 0 } starter && File.Exists(starter) ? starter
        : Environment.ProcessPath is { } path && Path.GetFileName(path) == Name ? path
        : Path.Combine(AppContext.BaseDirectory, Name);

    // While the package's version before runs, the path leads to the newer one.
    private static bool IsSame(string found, string program) => (Target(found), Target(program)) is var (one, other) && (one == other || (Installed.IsOf(one) && Installed.IsOf(other)));

    private static string Target(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
}
