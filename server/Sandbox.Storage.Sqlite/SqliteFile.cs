namespace Sandbox.Storage.Sqlite;

/// <summary>The database file. SQLite gives its companions (-wal, -shm) the same permissions.</summary>
internal sealed record SqliteFile(string Path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes it, empty and readable by its owner alone, unless it is there; and its folder.</summary>
    public void Create()
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else if (!Directory.Exists(folder)) Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        Open(Path, FileShare.ReadWrite).Dispose();
    }

    /// <summary>Keeps other processes from migrating the same file until it is disposed. Null: another one is at it.</summary>
    public FileStream? TryLock()
    {
        try
        {
            return Open(Path + ".lock", FileShare.None);
        }
        catch (IOException) when (File.Exists(Path + ".lock"))
        {
            return null;
        }
    }

    private static FileStream Open(string path, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }
}
