using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Storage.Health;

/// <summary>A disk that libata drives: commands travel in ATA PASS-THROUGH(16) (SAT-3, 12.2.2.3), through SG_IO.</summary>
internal sealed unsafe class AtaDisk(string path) : IAtaDisk, IDisposable
{
    private const byte PassThrough16 = 0x85;
    private const byte NoData = 3 << 1, DataIn = 4 << 1;
    private const byte ReturnRegisters = 0x20, LengthInCountOfBlocksFromDisk = 0x0e;
    private const int None = -1, FromDisk = -3;
    private const uint TimeoutMilliseconds = 3000;

    // SMART takes no command without these in the address (ACS-3, 7.48).
    private const byte KeyMid = 0x4f, KeyHigh = 0xc2;
    private readonly SafeFileHandle _disk = RegularFile.OpenDisk(path);

    public AtaRegisters? Send(byte command, byte feature, Span<byte> data)
    {
        Span<byte> block = stackalloc byte[16];
        block.Clear();
        (block[0], block[1], block[2]) = data.IsEmpty ? (PassThrough16, NoData, ReturnRegisters) : (PassThrough16, DataIn, LengthInCountOfBlocksFromDisk);
        (block[4], block[6], block[14]) = (feature, (byte)(data.Length / 512), command);
        if (feature != 0) (block[10], block[12]) = (KeyMid, KeyHigh);
        Span<byte> sense = stackalloc byte[32];
        sense.Clear();
        var ended = Run(block, data, sense);
        var good = data.IsEmpty ? ended.Registers is not null : ended.Status == 0;
        return good ? ended.Registers : throw new IOException($"the disk did not do command {command:X2}h/{feature:X2}h of ATA");
    }

    public void Dispose() => _disk.Dispose();

    private (int Status, AtaRegisters? Registers) Run(ReadOnlySpan<byte> block, Span<byte> data, Span<byte> sense)
    {
        fixed (byte* at = block, into = data, said = sense)
        {
            var command = new DiskIoctl.ScsiCommand
            {
                Interface = 'S', Direction = data.IsEmpty ? None : FromDisk, CommandLength = (byte)block.Length, Command = at, SenseRoom = (byte)sense.Length, Sense = said,
                DataLength = (uint)data.Length, Data = into, TimeoutMilliseconds = TimeoutMilliseconds,
            };
            if (DiskIoctl.Send(_disk, DiskIoctl.ScsiGeneric, ref command) != 0) throw new KernelRefusal(Marshal.GetLastPInvokeError());
            if (command.HostStatus != 0) throw new IOException($"the disk's controller answered {command.HostStatus:X2}h, or not within {TimeoutMilliseconds / 1000} s");
            return (command.Status, AtaRegisters.OfSense(sense[..Math.Min(command.SenseLength, sense.Length)]));
        }
    }
}
