using System.Runtime.InteropServices;

namespace Sandbox.Agent;

/// <summary>Files that survive a power cut: content is forced to disk before its name is, and the folder after both. Mode 0600, folders 0700.</summary>
internal static partial class DurableFile
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;
    private const int CloseOnExec = 0x80000;

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
        SyncFolder(Path.GetDirectoryName(path)!);
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

        SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Makes names that were added to or taken from a folder durable (fsync(2): a file's own fsync does not cover its name).</summary>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(folder, CloseOnExec);
        if (descriptor < 0) throw new IOException($"{folder} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        var failed = Sync(descriptor) < 0;
        var words = Marshal.GetLastPInvokeErrorMessage();
        _ = Close(descriptor);
        if (failed) throw new IOException($"{folder} cannot be forced to disk: {words}");
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
