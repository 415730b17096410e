using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Sandbox.Storage;

/// <summary>Instants are kept as microseconds since 1970-01-01 UTC: they sort and compare alike in every database.</summary>
public sealed class UnixMicroseconds() : ValueConverter<DateTimeOffset, long>(value => From(value), value => To(value))
{
    /// <summary>The number that is stored.</summary>
    public static long From(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The instant of a stored number.</summary>
    public static DateTimeOffset To(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
