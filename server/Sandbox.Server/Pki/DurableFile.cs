namespace Sandbox.Server.Pki;

/// <summary>Files that must not be lost or half written: written beside, fsynced, renamed; the folder is fsynced too.</summary>
internal static class DurableFile
{
    /// <summary>Only the owner reads and writes.</summary>
    public const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The owner writes, everybody reads.</summary>
    public const UnixFileMode Open = Secret | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Only the owner enters a folder.</summary>
    public const UnixFileMode OwnersFolder = Secret | UnixFileMode.UserExecute;

    /// <summary>Makes a folder that only its owner may enter, mode 0700; one that exists is tightened.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        var folder = Directory.CreateDirectory(path, OwnersFolder);
        if (folder.UnixFileMode != OwnersFolder) folder.UnixFileMode = OwnersFolder;
    }

    /// <summary>Writes a file as a whole: after a crash there is the old content or the new, never a part.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var beside = path + ".new";
        File.Delete(beside);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
        using (var file = new FileStream(beside, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
        FolderSync.Flush(Path.GetDirectoryName(path)!);
    }
}
