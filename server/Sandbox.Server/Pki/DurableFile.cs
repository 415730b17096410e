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

    /// <summary>
    /// Writes a new file by a stream: it lies as <c>PATH.sandbox-new</c>, held by nobody else, until it is whole and on the disk. One of that name that a killed
    /// run left goes; one that somebody writes at this moment stays, and this fails.
    /// </summary>
    /// <param name="path">The file; one that is there meanwhile is not replaced.</param>
    /// <param name="mode">Who may do what with it.</param>
    /// <param name="write">Writes it; null: there is to be no file.</param>
    /// <exception cref="IOException">The disk does not take it, or the file is there.</exception>
    public static async Task<T?> WriteNewAsync<T>(string path, UnixFileMode mode, Func<FileStream, Task<T?>> write)
        where T : class
    {
        var beside = path + ".sandbox-new";
        RemoveLeft(beside);
        // Never one that is there: it could be somebody else's, or lead elsewhere.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
        await using var file = new FileStream(beside, options);
        var isThere = false;
        try
        {
            var written = await write(file);
            file.Flush(flushToDisk: true);
            // Held until it has its name; Windows renames no file that is open.
            if (OperatingSystem.IsWindows()) await file.DisposeAsync();
            if (written is null) return null;
            isThere = NewName.TryGive(beside, path);
            if (!isThere) throw new IOException($"{path} is there already, and is not replaced.");
            FolderSync.Flush(Path.GetDirectoryName(path)!);
            return written;
        }
        finally
        {
            if (!isThere) File.Delete(beside);
        }
    }

    private static void RemoveLeft(string path)
    {
        var left = new FileInfo(path);
        if (!left.Exists && left.LinkTarget is null) return;
        if (left.LinkTarget is null) new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
        left.Delete();
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
