using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sandbox.Agent.Collecting;

/// <summary>
/// Opens files, and nothing else: opening a pipe would wait for a writer that never comes, and reading a terminal or a device would never end.
/// </summary>
internal static partial class RegularFile
{
    // open(2) and statx(2); these numbers are the same on every processor that .NET runs on.
    private const int ReadOnlyNonBlockingCloseOnExecNoTerminal = 0x800 | 0x80000 | 0x100;
    private const int EmptyPath = 0x1000;
    private const uint TypeOnly = 1;
    private const int TypeMask = 0xF000;
    private const int StatxLength = 256;
    private const int ModeOffset = 28;

    /// <summary>Opens a regular file for reading.</summary>
    /// <exception cref="FileNotFoundException">Nothing is there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="IOException">It is something else, or cannot be opened.</exception>
    public static SafeFileHandle Open(string path)
    {
        var file = Open(path, ReadOnlyNonBlockingCloseOnExecNoTerminal);
        if (file.IsInvalid) throw Fault(path, Marshal.GetLastPInvokeError());
        if (What(file) is not { } other) return file;
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

    // Null: a regular file.
    private static string? What(SafeFileHandle file)
    {
        Span<byte> status = stackalloc byte[StatxLength];
        if (Statx(file, "", EmptyPath, TypeOnly, status) != 0) return Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
        return (MemoryMarshal.Read<ushort>(status[ModeOffset..]) & TypeMask) switch
        {
            0x8000 => null,
            0x4000 => "a folder, not a file",
            0x1000 => "a pipe, not a file",
            _ => "a device, not a file",
        };
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(SafeFileHandle folder, string path, int flags, uint mask, Span<byte> status);
}
