using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sandbox.Agent.Storage.Health;

/// <summary>ioctl(2) with the two requests that carry a command to a disk, and their structures: scsi/sg.h and linux/nvme_ioctl.h.</summary>
internal static unsafe partial class DiskIoctl
{
    /// <summary>Needs CAP_SYS_RAWIO for commands of ATA.</summary>
    public const nuint ScsiGeneric = 0x2285;

    /// <summary>NVME_IOCTL_ADMIN_CMD, _IOWR('N', 0x41, struct nvme_admin_cmd). Needs CAP_SYS_ADMIN.</summary>
    public const nuint NvmeAdmin = 0xC0484E41;

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Send(SafeFileHandle disk, nuint request, ref ScsiCommand command);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Send(SafeFileHandle disk, nuint request, ref NvmeCommand command);

    /// <summary>struct sg_io_hdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ScsiCommand
    {
        public int Interface;
        public int Direction;
        public byte CommandLength;
        public byte SenseRoom;
        public ushort Vectors;
        public uint DataLength;
        public byte* Data;
        public byte* Command;
        public byte* Sense;
        public uint TimeoutMilliseconds;
        public uint Flags;
        public int PackId;
        public void* User;
        public byte Status;
        public byte MaskedStatus;
        public byte MessageStatus;
        public byte SenseLength;
        public ushort HostStatus;
        public ushort DriverStatus;
        public int Residual;
        public uint Duration;
        public uint Info;
    }

    /// <summary>struct nvme_passthru_cmd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct NvmeCommand
    {
        public byte Operation;
        public byte Flags;
        public ushort Reserved;
        public uint Namespace;
        public uint Dword2;
        public uint Dword3;
        public ulong Metadata;
        public byte* Data;
        public uint MetadataLength;
        public uint DataLength;
        public uint Dword10;
        public uint Dword11;
        public uint Dword12;
        public uint Dword13;
        public uint Dword14;
        public uint Dword15;
        public uint TimeoutMilliseconds;
        public uint Result;
    }
}
