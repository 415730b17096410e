using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Evidence.Policies;
using Sandbox.Protocol;
using Sandbox.Server.Devices;
using Sandbox.Server.People;
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

    /// <summary>Groups that it is in and the policy does not name: nothing is different for them.</summary>
    public IReadOnlyList<string> Unnamed { get; init; } = [];

    /// <summary>Whether it said anything of its services.</summary>
    public bool SaidServices { get; init; }

    /// <summary>Its accounts by name, for who marks one; none where it did not say.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];
}

/// <summary>Reads it.</summary>
internal sealed class WordReader(SandboxDb db, CompromiseBook marks, Policy policy)
{
    /// <summary>What people say of a device now.</summary>
    /// <param name="device">The device.</param>
    /// <param name="facts">What it says of itself.</param>
    /// <param name="viewer">Who looks: who does not see everything is told only of those marks on every device whose account this one has.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<DeviceWord> ReadAsync(Device device, DeviceFacts facts, Viewer viewer, CancellationToken ct)
    {
        IReadOnlyList<string> accounts = [.. facts[Fact.KindOneofCase.Accounts]?.Fact.Accounts.Accounts_.Select(one => one.Name) ?? []];
        facts.About = await db.AboutAsync(device.Id, ct);
        var known = await db.DeviceGroups.Select(g => g.Group).Distinct().ToListAsync(ct);
        return new DeviceWord([.. facts.About.Groups.Order(StringComparer.Ordinal)], [.. known.Concat(policy.Groups).Except(facts.About.Groups).Distinct().Order(StringComparer.Ordinal)], facts.Role,
            [.. (await marks.ListAsync(device.Id, ct)).Where(mark => viewer.SeesEverything || mark.Device is not null || accounts.Contains(mark.Account))])
        {
            Scopes = policy.ScopesOf(facts),
            Unnamed = [.. facts.About.Groups.Except(policy.Groups)],
            SaidServices = facts[Fact.KindOneofCase.Services] is not null,
            Accounts = accounts,
        };
    }
}
