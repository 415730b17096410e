namespace Sandbox.Agent;

/// <summary>Files that survive a power cut: content is forced to disk before its name is, and the folder after both. Mode 0600, folders 0700.</summary>
internal static class DurableFile
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>Puts the content in place of what is there, or leaves what is there: never a part of either.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".new";
        using (var file = Create(temporary, FileMode.Create, FileShare.None))
        {
            RandomAccess.Write(file.SafeFileHandle, content, 0);
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }

        File.Move(temporary, path, overwrite: true);
        DurableFolder.Sync(Path.GetDirectoryName(path)!);
    }

    /// <summary>Replaces without forcing to disk: for what may be lost in a power cut, such as `status.json`.</summary>
    public static void ReplaceQuickly(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".new";
        using (var file = Create(temporary, FileMode.Create, FileShare.None))
            RandomAccess.Write(file.SafeFileHandle, content, 0);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Opens an unbuffered file for reading and writing; a new one belongs to its owner alone.</summary>
    public static FileStream Create(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (mode != FileMode.Open && !OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerFile;
        return new FileStream(path, options);
    }

    /// <summary>Makes the folder and those above it as far as they are missing, and makes their names durable.</summary>
    /// <exception cref="SetupException">It cannot be made.</exception>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path)) return;
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } above) CreateFolder(above);
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else Directory.CreateDirectory(path, OwnerFolder);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            throw new SetupException($"The folder {path} cannot be made: {fault.Message.TrimEnd('.')}. Choose another with --data DIR, or run it as root (sudo).");
        }

        DurableFolder.Sync(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }
}
