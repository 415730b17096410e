using System.Buffers.Binary;

namespace Sandbox.Tests.StorageFacts;

/// <summary>Pages of 512 bytes as disks answer them, made by the specifications.</summary>
internal static class HealthPages
{
    /// <summary>SMART READ DATA: number, normalised value and raw value of each attribute.</summary>
    public static byte[] Ata(params (byte Id, byte Value, ulong Raw)[] attributes)
    {
        var page = new byte[512];
        page[0] = 0x10;
        for (var i = 0; i < attributes.Length; i++)
        {
            var at = page.AsSpan(2 + i * 12);
            (at[0], at[3], at[4]) = (attributes[i].Id, attributes[i].Value, attributes[i].Value);
            for (var b = 0; b < 6; b++) at[5 + b] = (byte)(attributes[i].Raw >> (8 * b));
        }
        byte sum = 0;
        foreach (var one in page) sum += one;
        page[511] = (byte)-sum;
        return page;
    }

    /// <summary>NVMe's SMART / Health Information.</summary>
    public static byte[] Nvme(byte warnings = 0, ushort kelvin = 310, byte spare = 100, byte threshold = 10, byte used = 3, ulong hours = 4711, ulong shutdowns = 12, ulong mediaErrors = 0)
    {
        var page = new byte[512];
        page[0] = warnings;
        BinaryPrimitives.WriteUInt16LittleEndian(page.AsSpan(1), kelvin);
        (page[3], page[4], page[5]) = (spare, threshold, used);
        BinaryPrimitives.WriteUInt64LittleEndian(page.AsSpan(128), hours);
        BinaryPrimitives.WriteUInt64LittleEndian(page.AsSpan(144), shutdowns);
        BinaryPrimitives.WriteUInt64LittleEndian(page.AsSpan(160), mediaErrors);
        return page;
    }
}
