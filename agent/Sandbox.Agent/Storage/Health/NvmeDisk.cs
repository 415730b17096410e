using System.Runtime.InteropServices;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Storage.Health;

/// <summary>
/// Asks an NVMe disk for its SMART / Health Information log (Get Log Page, NVM Express Base Specification 1.4, 5.14). It needs CAP_SYS_ADMIN. The disk keeps
/// the log in its controller, so nothing has to begin to turn for it.
/// </summary>
internal static unsafe class NvmeDisk
{
    private const byte GetLogPage = 0x02;
    private const uint HealthLog = 0x02;
    private const uint WholeController = 0xffffffff;
    private const uint TimeoutMilliseconds = 3000;

    /// <summary>Fills the page.</summary>
    /// <param name="path">Of the disk or of one of its namespaces.</param>
    /// <param name="page"><see cref="NvmeHealthLog.PageLength"/> bytes.</param>
    /// <exception cref="IOException">The disk does not do it, or one may not ask.</exception>
    public static void Read(string path, Span<byte> page)
    {
        using var disk = RegularFile.OpenDisk(path);
        fixed (byte* into = page)
        {
            var command = new DiskIoctl.NvmeCommand
            {
                Operation = GetLogPage, Namespace = WholeController, Data = into, DataLength = (uint)page.Length, TimeoutMilliseconds = TimeoutMilliseconds,
                // Which log, and how many words of 32 bits, less one.
                Dword10 = HealthLog | (((uint)page.Length / 4 - 1) << 16),
            };
            var status = DiskIoctl.Send(disk, DiskIoctl.NvmeAdmin, ref command);
            if (status < 0) throw new KernelRefusal(Marshal.GetLastPInvokeError());
            if (status > 0) throw new IOException($"the disk answered Get Log Page with status {status:X}h");
        }
    }
}
