using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Backup;

/// <summary>Commands that a line runs, straight or through a script of this machine's own administrator.</summary>
internal static class Scripts
{
    private const int MostBytes = 64 << 10;
    private static readonly string[] Own = ["/usr/local/", "/opt/", "/root/", "/home/", "/srv/", "/etc/"];

    /// <summary>Backups that the line makes, each with the repository that a script sets before; it is null where none does.</summary>
    public static IEnumerable<BackupCommand> In(RootFolder root, string line)
    {
        foreach (var words in CommandWords.Of(line))
        {
            if (BackupCommand.Of(words) is { } command) yield return command;
            else if (words.FirstOrDefault(word => Array.Exists(Own, begin => word.TrimStart('-', '@', '+', '!', ':').StartsWith(begin, StringComparison.Ordinal))) is { } path)
                foreach (var inside in InFile(root, path.TrimStart('-', '@', '+', '!', ':'), out _)) yield return inside.Command;
        }
    }

    /// <summary>Backups that a script makes, with the lines that say so. <paramref name="fault"/>: why it cannot be read.</summary>
    public static IReadOnlyList<(BackupCommand Command, uint Line)> InFile(RootFolder root, string path, out Protocol.Unseen? fault)
    {
        fault = null;
        if (!root.Has(path)) return [];
        if (!root.TryRead(path, out var text, out fault, MostBytes) || !text.StartsWith("#!", StringComparison.Ordinal)) return [];
        var repository = AskedEnvironment.Repository(text);
        return [.. ContinuedLines.Of(text).SelectMany(line => CommandWords.Of(line.Text).Select(BackupCommand.Of).OfType<BackupCommand>().Select(command => (command with { Store = command.Store ?? repository }, line.Number)))];
    }
}
