using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sandbox.Agent.Collecting;

/// <summary>The system calls of inotify(7), poll(2) and eventfd(2).</summary>
internal static partial class Inotify
{
    public const uint Attrib = 0x4;
    public const uint MovedFrom = 0x40;
    public const uint MovedTo = 0x80;
    public const uint Created = 0x100;
    public const uint Deleted = 0x200;
    public const uint Unmounted = 0x2000;
    public const uint Overflow = 0x4000;
    public const uint Ignored = 0x8000;
    public const uint SelfDeleted = 0x400;
    public const uint SelfMoved = 0x800;
    private const uint Modified = 0x2;
    private const uint Written = 0x8;

    /// <summary>What may change the meaning of a path: something else may lie there now.</summary>
    public const uint Structure = MovedFrom | MovedTo | Created | Deleted | SelfDeleted | SelfMoved | Unmounted | Overflow | Ignored | Attrib;

    /// <summary>Every change of content, owner, mode or place; no reading.</summary>
    public const uint Changes = Modified | Attrib | Written | MovedFrom | MovedTo | Created | Deleted | SelfDeleted | SelfMoved;

    public const int NotPermitted = 13;
    public const int NoSpace = 28;
    public const short Readable = 1;
    public const short Urgent = 2;
    private const int NonBlockingCloseOnExec = 0x80800;

    /// <summary>A new instance; invalid with the error set when there are too many.</summary>
    public static SafeFileHandle Open() => Init(NonBlockingCloseOnExec);

    /// <summary>A counter that wakes poll.</summary>
    public static SafeFileHandle OpenBell() => EventFd(0, NonBlockingCloseOnExec);

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    private static partial SafeFileHandle Init(int flags);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial SafeFileHandle EventFd(uint count, int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Add(SafeFileHandle inotify, string path, uint mask);

    [LibraryImport("libc", EntryPoint = "inotify_rm_watch", SetLastError = true)]
    public static partial int Remove(SafeFileHandle inotify, int watch);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeFileHandle file, Span<byte> buffer, nint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, nint length);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(Span<Polled> files, nuint count, int milliseconds);

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Polled
    {
        public int File;
        public short Wanted;
        public short Seen;
    }
}
