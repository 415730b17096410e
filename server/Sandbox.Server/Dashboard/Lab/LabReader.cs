using Microsoft.EntityFrameworkCore;
using Sandbox.Server.Dashboard.Bandwidth;
using Sandbox.Server.Dashboard.Devices;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.Lab;

/// <summary>Reads the Lab overview: every number from the query of the list behind it.</summary>
internal sealed class LabReader(DeviceQuery query, DeviceLists lists, Needs needs, TrafficReader traffic)
{
    private const int MostRows = 10;

    public async Task<LabView> ReadAsync(Viewer viewer, string? trafficRange, CancellationToken ct)
    {
        var devices = await lists.ReadAsync(query.Of(viewer, DeviceGroup.Active), page: 1, MostRows, ct);
        var silent = await CountAsync(viewer, DeviceGroup.Silent, ct);
        var failing = await CountAsync(viewer, DeviceGroup.Failing, ct);
        return new LabView
        {
            Active = devices.Total,
            Online = await CountAsync(viewer, DeviceGroup.Online, ct),
            Silent = silent,
            Failing = failing,
            PasswordPass = await CountAsync(viewer, DeviceGroup.PasswordPass, ct),
            PasswordFail = await CountAsync(viewer, DeviceGroup.PasswordFail, ct),
            PasswordUnknown = await CountAsync(viewer, DeviceGroup.PasswordUnknown, ct),
            Devices = devices,
            Needs = await needs.ReadAsync(viewer, ct),
            Gone = devices.Total > 0 ? [] : await lists.GoneAsync(viewer, ct),
            Traffic = devices.Total > 0 ? await traffic.ReadAsync(viewer, null, trafficRange, ct) : null,
            AsOf = query.AsOf,
        };
    }

    private Task<int> CountAsync(Viewer viewer, DeviceGroup group, CancellationToken ct) => query.Of(viewer, group).CountAsync(ct);
}
