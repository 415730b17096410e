using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Server.People;
using Sandbox.Storage;

namespace Sandbox.Server.Dashboard.Exports;

/// <summary>What the form of an audit bundle offers.</summary>
internal sealed class ExportReader(SandboxDb db)
{
    /// <summary>Reads it; those who do not see everything choose among their own devices alone.</summary>
    public async Task<ExportView> ReadAsync(Viewer viewer, CancellationToken ct)
    {
        var people = viewer.SeesEverything ? await db.Names.OrderBy(x => x.Name).ThenBy(x => x.Id).Select(x => new ValueTuple<Guid, string>(x.Id, x.Name)).ToListAsync(ct) : [];
        var devices = await db.Devices.Where(x => viewer.SeesEverything || x.OwnerId == viewer.PersonId).OrderBy(x => x.Name).ThenBy(x => x.Id)
            .Select(x => new ValueTuple<DeviceId, string>(x.Id, x.Name)).ToListAsync(ct);
        return new ExportView(people, devices);
    }
}

/// <summary>People and devices by name. No people: the viewer takes their own record home.</summary>
public sealed record ExportView(IReadOnlyList<(Guid Id, string Name)> People, IReadOnlyList<(DeviceId Id, string Name)> Devices);
