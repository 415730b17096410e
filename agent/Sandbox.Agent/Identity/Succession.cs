using System.Globalization;
using System.Text;
using Sandbox.Agent.Uplink;

namespace Sandbox.Agent.Identity;

/// <summary>
/// Puts another identity in the place of this machine's. It is prepared as a whole in a folder beside it; then the old folder is renamed and set
/// aside, never deleted, and the new one takes its name. Each step may be done again, so a crash in between is finished by the next command.
/// </summary>
internal sealed class Succession(AgentFolders folders, TimeProvider time)
{
    private const string Continues = "continues";

    private string Ready => Path.Combine(folders.Next.Root, "ready");

    /// <summary>The other identity is whole. From now on it will take the place.</summary>
    /// <param name="continues">It is the same device with a new key: what the spool holds is still to be delivered.</param>
    public void Prepared(bool continues)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{folders.Root}.before-{time.GetUtcNow():yyyyMMdd-HHmmss}");
        var aside = name;
        for (var i = 2; Directory.Exists(aside); i++) aside = string.Create(CultureInfo.InvariantCulture, $"{name}-{i}");
        DurableFile.Replace(Ready, Encoding.UTF8.GetBytes($"{(continues ? Continues : "another")}\n{aside}\n"));
    }

    /// <summary>Does what is left to do.</summary>
    /// <returns>Where the old identity lies now. Null: there was nothing to do.</returns>
    public string? Finish()
    {
        if (!File.Exists(Ready)) return null;
        var lines = File.ReadAllLines(Ready);
        if (lines[0] == Continues) TakeAlong();
        // Whoever it is now, it is the same system.
        if (File.Exists(folders.LastRoot)) File.Copy(folders.LastRoot, folders.Next.LastRoot, overwrite: true);
        if (Directory.Exists(folders.Root)) Directory.Move(folders.Root, lines[1]);
        Directory.Move(folders.Next.Root, folders.Root);
        DurableFolder.Sync(Path.GetDirectoryName(folders.Root)!);
        File.Delete(Path.Combine(folders.Root, "ready"));
        return lines[1];
    }

    // The other copy has the same spool: sequences that both gave away must not meet.
    private void TakeAlong()
    {
        if (Directory.Exists(folders.Spool) && !Directory.Exists(folders.Next.Spool))
        {
            using (var books = new SpoolBooks(folders.Spool)) books.MarkCopied();
            Directory.Move(folders.Spool, folders.Next.Spool);
        }

        if (File.Exists(folders.Checkpoint)) File.Copy(folders.Checkpoint, folders.Next.Checkpoint, overwrite: true);
        if (File.Exists(folders.ActsPlace)) File.Copy(folders.ActsPlace, folders.Next.ActsPlace, overwrite: true);
    }
}
