using Sandbox.Protocol;

namespace Sandbox.Storage.Devices;

/// <summary>A device and the names of its hardware.</summary>
/// <param name="Device">The device.</param>
/// <param name="OwnerId">Person for whom it was enrolled.</param>
/// <param name="EnrolledAt">When it was enrolled, by the server's clock.</param>
/// <param name="Names">Names of its hardware.</param>
public sealed record NamedMachine(DeviceId Device, Guid OwnerId, DateTimeOffset EnrolledAt, IReadOnlySet<string> Names)
{
    /// <summary>One for each device; what is known of it from several places is put together.</summary>
    public static IReadOnlyList<NamedMachine> Joined(IEnumerable<NamedMachine> parts) =>
        [.. parts.GroupBy(part => part.Device).Select(same => same.First() with { Names = same.SelectMany(part => part.Names).ToHashSet() })];
}
