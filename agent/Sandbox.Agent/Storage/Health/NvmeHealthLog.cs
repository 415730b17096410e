using System.Buffers.Binary;
using Sandbox.Protocol;
using Warning = Sandbox.Protocol.DiskHealth.Types.Warning;

namespace Sandbox.Agent.Storage.Health;

/// <summary>The log page SMART / Health Information: NVM Express Base Specification 1.4, figure 194.</summary>
internal static class NvmeHealthLog
{
    /// <summary>Its bytes.</summary>
    public const int PageLength = 512;

    private const int WarningsAt = 0, TemperatureAt = 1, SpareAt = 3, SpareThresholdAt = 4, UsedAt = 5, PowerOnHoursAt = 128, UnsafeShutdownsAt = 144, MediaErrorsAt = 160;
    private const int ZeroCelsiusInKelvin = 273;
    private const int Coldest = -40, Hottest = 150;

    private static readonly Warning[] Bits =
        [Warning.SpareLow, Warning.Temperature, Warning.Unreliable, Warning.ReadOnly, Warning.BackupFailed, Warning.PersistentMemory];

    /// <summary>What it says. Null: nothing at all is in it.</summary>
    public static DiskHealth? Read(ReadOnlySpan<byte> page)
    {
        if (page.Length != PageLength || !page.ContainsAnyExcept((byte)0)) return null;
        var health = new DiskHealth
        {
            Source = DiskHealth.Types.Source.Nvme, Passed = page[WarningsAt] == 0,
            AvailableSparePercent = page[SpareAt], SpareThresholdPercent = page[SpareThresholdAt], UsedLifePercent = page[UsedAt],
            PowerOnHours = Counter(page[PowerOnHoursAt..]), UnsafeShutdowns = Counter(page[UnsafeShutdownsAt..]), MediaErrors = Counter(page[MediaErrorsAt..]),
        };
        for (var bit = 0; bit < Bits.Length; bit++)
            if ((page[WarningsAt] & (1 << bit)) != 0) health.Warnings.Add(Bits[bit]);
        // 0 K: it does not measure.
        var celsius = BinaryPrimitives.ReadUInt16LittleEndian(page[TemperatureAt..]) - ZeroCelsiusInKelvin;
        if (celsius is >= Coldest and <= Hottest) health.TemperatureCelsius = celsius;
        return health;
    }

    // 128 bits; what needs more than 64 is said as the most that 64 hold.
    private static ulong Counter(ReadOnlySpan<byte> at) =>
        BinaryPrimitives.ReadUInt64LittleEndian(at[8..]) == 0 ? BinaryPrimitives.ReadUInt64LittleEndian(at) : ulong.MaxValue;
}
