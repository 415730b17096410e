using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Sandbox.Agent.Collecting;

/// <summary>What statx(2) says of a file: its layout is the same on every architecture.</summary>
/// <param name="Inode">The file's number in its file system.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Type">The bits of st_mode that say what it is: inode(7).</param>
/// <param name="Changed">Last change of content, as seconds and nanoseconds since 1970.</param>
internal readonly partial record struct FileState(ulong Inode, long Size, int Type, (long Seconds, uint Nanoseconds) Changed)
{
    /// <summary>S_IFREG, S_IFDIR, S_IFIFO and S_IFBLK.</summary>
    public const int Regular = 0x8000, Folder = 0x4000, Pipe = 0x1000, Disk = 0x6000;

    private const int ThisFile = 0x1000;
    private const int WorkingFolder = -100;
    private const uint Basic = 0x7ff;
    private const int TypeMask = 0xF000;
    private const ulong EncryptedAttribute = 0x800;
    private const int ReadableByOthers = 4;
    private const int Permissions = 0xFFF;

    // Of the years 1 and 9999.
    private const long FirstSecond = -62_135_596_800;
    private const long LastSecond = 253_402_300_799;

    /// <summary>Neither a folder nor a pipe, socket or device, which could keep a reader waiting.</summary>
    public bool IsRegular => Type == Regular;

    /// <summary><see cref="Changed"/>, to the 100 ns.</summary>
    public DateTimeOffset ChangedAt => At(Changed);

    /// <summary>When the kernel saw it change last, in name, owner or mode as well (ctime), to the 100 ns: no program chooses it.</summary>
    public DateTimeOffset TouchedAt => At(Touched);

    /// <summary>The kernel's number of the device that its file system lies on, <c>8:2</c>.</summary>
    public string Device => $"{Major}:{Minor}";

    /// <summary>The file system itself keeps it encrypted: fscrypt of ext4, f2fs and others.</summary>
    public bool IsEncrypted { get; private init; }

    /// <summary>Everybody may read it, as far as its own mode goes.</summary>
    public bool IsOpenToAll { get; private init; }

    /// <summary>Number of the account that owns it.</summary>
    public uint Owner { get; private init; }

    /// <summary>Number of the group that owns it.</summary>
    public uint Group { get; private init; }

    /// <summary>The twelve bits of chmod(1).</summary>
    public uint Mode { get; private init; }

    private (long Seconds, uint Nanoseconds) Touched { get; init; }

    private uint Major { get; init; }

    private uint Minor { get; init; }

    /// <summary>Of the path, links followed. Null: nothing is there, or one may not look; the system's error is set.</summary>
    public static FileState? Of(string path) => Ask(WorkingFolder, Encoding.UTF8.GetBytes(path + '\0'), 0);

    /// <summary>Of an open file. Null: never, for what is open is there.</summary>
    public static FileState? Of(SafeFileHandle file) => Ask((int)file.DangerousGetHandle(), [0], ThisFile);

    private static DateTimeOffset At((long Seconds, uint Nanoseconds) time) =>
        DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(time.Seconds, FirstSecond, LastSecond)).AddTicks(time.Nanoseconds / 100);

    private static FileState? Ask(int folder, byte[] path, int flags)
    {
        Span<byte> answer = stackalloc byte[256];
        answer.Clear();
        if (Statx(folder, path, flags, Basic, answer) != 0) return null;
        var mode = MemoryMarshal.Read<ushort>(answer[28..]);
        return new FileState(
            MemoryMarshal.Read<ulong>(answer[32..]),
            MemoryMarshal.Read<long>(answer[40..]),
            mode & TypeMask,
            (MemoryMarshal.Read<long>(answer[112..]), MemoryMarshal.Read<uint>(answer[120..])))
        {
            IsEncrypted = (MemoryMarshal.Read<ulong>(answer[8..]) & EncryptedAttribute) != 0,
            IsOpenToAll = (mode & ReadableByOthers) != 0,
            Owner = MemoryMarshal.Read<uint>(answer[20..]),
            Group = MemoryMarshal.Read<uint>(answer[24..]),
            Mode = (uint)mode & Permissions,
            Touched = (MemoryMarshal.Read<long>(answer[96..]), MemoryMarshal.Read<uint>(answer[104..])),
            Major = MemoryMarshal.Read<uint>(answer[136..]),
            Minor = MemoryMarshal.Read<uint>(answer[140..]),
        };
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static partial int Statx(int folder, byte[] path, int flags, uint mask, Span<byte> answer);
}
