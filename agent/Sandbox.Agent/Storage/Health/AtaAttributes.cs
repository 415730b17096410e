using System.Buffers.Binary;
using Sandbox.Protocol;

namespace Sandbox.Agent.Storage.Health;

/// <summary>
/// An attribute of ATA's SMART. What a number means is up to the maker; the few that are told are those on which makers agree, read as smartctl(8) reads
/// those of a model that it does not know.
/// </summary>
/// <param name="Value">Normalised by the maker, from 253 or 100 down.</param>
/// <param name="Raw">48 bits.</param>
internal readonly record struct AtaAttribute(byte Value, ulong Raw);

/// <summary>The 30 attributes of a disk.</summary>
internal static class AtaAttributes
{
    /// <summary>Bytes of the answer to SMART READ DATA.</summary>
    public const int PageLength = 512;

    /// <summary>Places for attributes.</summary>
    public const int Most = 30;

    // Of SFF-8035i, which ACS-3 calls vendor specific: two bytes of revision, then 12 bytes each: number, flags (2), value, worst, raw (6), reserved.
    private const int First = 2, Length = 12, ValueAt = 3, RawAt = 5;

    private const byte Reallocated = 5, PowerOnHours = 9, Uncorrectable = 187, Airflow = 190, Temperature = 194, Pending = 197, OfflineUncorrectable = 198, Crc = 199;
    private const byte LifeLeft = 231, MediaWearout = 233;
    private const int Coldest = -40, Hottest = 120;

    /// <summary>By number. Null: the sum of all bytes is not 0, so the page is damaged (ACS-3, table 137).</summary>
    public static Dictionary<byte, AtaAttribute>? Read(ReadOnlySpan<byte> page)
    {
        byte sum = 0;
        foreach (var one in page) sum += one;
        if (sum != 0 || page.Length != PageLength) return null;
        var found = new Dictionary<byte, AtaAttribute>();
        for (var i = 0; i < Most; i++)
        {
            var at = page.Slice(First + i * Length, Length);
            var (low, high) = (BinaryPrimitives.ReadUInt32LittleEndian(at[RawAt..]), BinaryPrimitives.ReadUInt16LittleEndian(at[(RawAt + 4)..]));
            if (at[0] != 0) found[at[0]] = new(at[ValueAt], ((ulong)high << 32) | low);
        }
        return found;
    }

    /// <summary>Says what they mean; what is not among them stays absent.</summary>
    public static void Describe(IReadOnlyDictionary<byte, AtaAttribute> attributes, DiskHealth health, bool? isSolidState)
    {
        if (attributes.TryGetValue(Reallocated, out var one)) health.ReallocatedSectors = one.Raw & 0xffff;
        if (attributes.TryGetValue(PowerOnHours, out one)) health.PowerOnHours = one.Raw & 0xffffff;
        if (attributes.TryGetValue(Uncorrectable, out one)) health.UncorrectableErrors = one.Raw;
        if (attributes.TryGetValue(Pending, out one)) health.PendingSectors = one.Raw;
        if (attributes.TryGetValue(OfflineUncorrectable, out one)) health.OfflineUncorrectableSectors = one.Raw;
        if (attributes.TryGetValue(Crc, out one)) health.InterfaceCrcErrors = one.Raw;
        if ((Celsius(attributes, Temperature) ?? Celsius(attributes, Airflow)) is { } celsius) health.TemperatureCelsius = celsius;
        // On disks that turn, number 231 may be a temperature.
        if (isSolidState == true && (attributes.TryGetValue(LifeLeft, out one) || attributes.TryGetValue(MediaWearout, out one)) && one.Value is > 0 and <= 100)
            health.UsedLifePercent = 100u - one.Value;
    }

    // The lowest byte; the others hold the lowest and highest of its life. A disk that does not measure says 0.
    private static int? Celsius(IReadOnlyDictionary<byte, AtaAttribute> attributes, byte number) =>
        attributes.TryGetValue(number, out var one) && (sbyte)(one.Raw & 0xff) is not 0 and >= Coldest and <= Hottest and var degrees ? degrees : null;
}
