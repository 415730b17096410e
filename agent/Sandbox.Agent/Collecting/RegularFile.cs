using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sandbox.Agent.Collecting;

/// <summary>
/// Opens files, and nothing else: opening a pipe would wait for a writer that never comes, and reading a terminal or a device would never end.
/// </summary>
internal static partial class RegularFile
{
    // open(2); these numbers are the same on every processor that .NET runs on.
    private const int ReadOnlyNonBlockingCloseOnExecNoTerminal = 0x800 | 0x80000 | 0x100;

    /// <summary>Opens a regular file for reading.</summary>
    /// <exception cref="FileNotFoundException">Nothing is there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="IOException">It is something else, or cannot be opened.</exception>
    public static SafeFileHandle Open(string path) => Open(path, FileState.Regular);

    /// <summary>Opens a regular file, or a disk or a part of one, for reading. The same exceptions.</summary>
    public static SafeFileHandle OpenDisk(string path) => Open(path, FileState.Disk);

    private static SafeFileHandle Open(string path, int type)
    {
        var file = OpenAny(path, ReadOnlyNonBlockingCloseOnExecNoTerminal);
        if (file.IsInvalid) throw Fault(path, Marshal.GetLastPInvokeError());
        if (What(file, type) is not { } other) return file;
        file.Dispose();
        throw new IOException(other);
    }

    private static Exception Fault(string path, int error) => error switch
    {
        2 or 20 => new FileNotFoundException("not present", path),
        1 or 13 => new UnauthorizedAccessException("permission denied"),
        6 => new IOException("a socket or a device, not a file"),
        40 => new IOException("links that lead in a circle"),
        _ => new IOException(Marshal.GetPInvokeErrorMessage(error)),
    };

    // Null: a regular file, or of this type.
    private static string? What(SafeFileHandle file, int type) => FileState.Of(file)?.Type switch
    {
        FileState.Regular => null,
        { } found when found == type => null,
        FileState.Folder => "a folder, not a file",
        FileState.Pipe => "a pipe, not a file",
        null => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()),
        _ => "a device, not a file",
    };

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle OpenAny(string path, int flags);
}
