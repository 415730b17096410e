using System.Text;

namespace Sandbox.Agent;

/// <summary>
/// Which folder stood for <c>/</c> (--root) when the agent of a data folder ran last. With another one the same device would be another system: all that
/// was reported of the first would be taken back.
/// </summary>
internal sealed class LastRoot(AgentFolders folders)
{
    /// <summary>Absolute path. Null: it has not run yet, or it is an older agent's, which did not write it down.</summary>
    public string? Read() => File.Exists(folders.LastRoot) && File.ReadAllText(folders.LastRoot).TrimEnd('\n') is { Length: > 0 } root ? root : null;

    /// <summary>Remembers the folder that the agent is about to run with.</summary>
    /// <param name="root">What --root says.</param>
    /// <param name="change">It may be another than the last time.</param>
    /// <exception cref="SetupException">It is another than the last time, or that it changes cannot be remembered.</exception>
    public void Take(string root, bool change)
    {
        var (asked, last) = (Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)), Read());
        if (asked == last) return;
        if (last is not null && !change) throw new SetupException(Refusal(last, asked));
        try
        {
            DurableFile.Replace(folders.LastRoot, Encoding.UTF8.GetBytes(asked + "\n"));
        }
        catch (IOException) when (last is null)
        {
            // A full disk keeps no agent from starting: it is remembered the next time.
        }
        catch (IOException fault)
        {
            throw new SetupException($"{folders.LastRoot} cannot be written, so another folder for / cannot be remembered: {fault.Message}");
        }
    }

    /// <summary>What --root has to say, with a space before it; empty for <c>/</c>, and where it is not known.</summary>
    public static string Option(string? root) => root is null or "/" ? "" : $" --root {Typed.Word(root)}";

    private string Refusal(string last, string asked) =>
        $"The agent of {folders.Root} ran with {Words(last)} the last time and is asked to run with {Words(asked)} now: what this device has reported of the one would be taken back, and the other reported in its place. "
        + $"To go on as before, type: {Typed.Agent($"run{folders.DataOption}{Option(last)}")}\n"
        + $"If this device is to be another system from now on, type: {Typed.Agent($"run{folders.DataOption}{Option(asked)} --change-root")}";

    private static string Words(string root) => root == "/" ? "this machine's own files (--root /)" : $"--root {Typed.Word(root)}";
}
