using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Evidence.Policies;
using Sandbox.Server.Devices;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Dashboard.OneDevice;

/// <summary>What people say of a device, as its page shows it.</summary>
/// <param name="Groups">The groups that it is in.</param>
/// <param name="KnownGroups">Groups that the policy or other devices have.</param>
/// <param name="Role">What it is for, by somebody's word or by what it does. Null: neither is known.</param>
/// <param name="Marks">Accounts that are marked as known to others, on it or everywhere.</param>
public sealed record DeviceWord(IReadOnlyList<string> Groups, IReadOnlyList<string> KnownGroups, DeviceRole? Role, IReadOnlyList<MarkEntry> Marks)
{
    /// <summary>Rules that the policy asks of it, of those that it does not ask of every device: <c>servers</c>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];
}

/// <summary>Reads it.</summary>
internal sealed class WordReader(SandboxDb db, CompromiseBook marks, Policy policy)
{
    /// <summary>What people say of a device now.</summary>
    /// <param name="device">The device.</param>
    /// <param name="facts">What it says of itself.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<DeviceWord> ReadAsync(Device device, DeviceFacts facts, CancellationToken ct)
    {
        facts.About = await db.AboutAsync(device.Id, ct);
        var known = await db.DeviceGroups.Select(g => g.Group).Distinct().ToListAsync(ct);
        return new DeviceWord([.. facts.About.Groups.Order(StringComparer.Ordinal)], [.. known.Concat(policy.Groups).Except(facts.About.Groups).Distinct().Order(StringComparer.Ordinal)], facts.Role, await marks.ListAsync(device.Id, ct))
        {
            Scopes = policy.ScopesOf(facts),
        };
    }
}
