using Sandbox.Evidence;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;

namespace Sandbox.Storage.Devices;

/// <summary>A device and the names of its hardware.</summary>
/// <param name="Device">The device.</param>
/// <param name="OwnerId">Person for whom it was enrolled.</param>
/// <param name="EnrolledAt">When it was enrolled, by the server's clock.</param>
/// <param name="ReplacedBy">The device that took its place. Null: none did.</param>
/// <param name="Names">Names of its hardware.</param>
public sealed record NamedMachine(DeviceId Device, Guid OwnerId, DateTimeOffset EnrolledAt, DeviceId? ReplacedBy, IReadOnlySet<string> Names)
{
    /// <summary>Most names that are kept of a device; a machine has a handful.</summary>
    public const int MostNames = 64;

    /// <summary>The names of what a device reports, as they are kept, the surest first. Empty: it cannot be told yet.</summary>
    public static IReadOnlyList<string> NamesOf(DeviceFacts facts) => [.. HardwareIdentity.Of(facts).Take(MostNames).Select(StorableText.Key)];

    /// <summary>One for each device; what is known of it from several places is put together.</summary>
    public static IReadOnlyList<NamedMachine> Joined(IEnumerable<NamedMachine> parts) => [.. parts.GroupBy(part => part.Device).Select(same => same.First() with
    {
        // Of two places one may not have heard yet that it was replaced.
        ReplacedBy = same.Select(part => part.ReplacedBy).FirstOrDefault(heir => heir is not null),
        Names = same.SelectMany(part => part.Names).ToHashSet(),
    })];

    /// <summary>What another device is to this one when their hardware is one. Null: it is another machine.</summary>
    public SameMachine? Known(NamedMachine other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return HardwareIdentity.AreOne(Names, other.Names) ? new SameMachine(other.OwnerId == OwnerId, other.EnrolledAt < EnrolledAt, other.ReplacedBy == Device) : null;
    }
}
