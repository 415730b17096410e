using Sandbox.Ledger;

namespace Sandbox.Server.Backups;

/// <summary>
/// The newest checkpoint that this machine showed of a log. Where a backup is put back in place it may be newer than the backup: then it is the proof that the
/// log has signed more than the backup knows, and must not be lost.
/// </summary>
internal static class ShownBefore
{
    /// <summary>Looks for it in the server's folder and in those that earlier restores put aside. Null: there is none of these keys.</summary>
    public static Checkpoint? Find(ServerFolders folders, IReadOnlyList<VerifierKey> keys, out byte[] note)
    {
        var (newest, its) = ((Checkpoint?)null, (byte[])[]);
        foreach (var folder in Directory.GetDirectories(Path.GetDirectoryName(folders.Root)!, Path.GetFileName(folders.Root) + "*"))
        {
            var file = Path.Combine(folder, Path.GetFileName(folders.ShownCheckpoint));
            if (!File.Exists(file) || File.ReadAllBytes(file) is not { } bytes || Read(bytes, keys) is not { } shown || shown.Size <= newest?.Size) continue;
            (newest, its) = (shown, bytes);
        }
        note = its;
        return newest;
    }

    // What others wrote there, or is damaged, proves nothing.
    private static Checkpoint? Read(byte[] bytes, IReadOnlyList<VerifierKey> keys)
    {
        try
        {
            var note = SignedNote.Parse(bytes);
            return keys.Any(note.IsSignedBy) ? Checkpoint.Parse(note.Text) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
