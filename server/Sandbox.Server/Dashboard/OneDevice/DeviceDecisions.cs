using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Devices;
using Sandbox.Server.Dashboard.Shell;
using Sandbox.Server.Live;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.OneDevice;

/// <summary>Does what was decided about a device and shows its page again; what cannot be is said there.</summary>
internal sealed class DeviceDecisions(DeviceQuery query, DeviceReader reader, LiveFeed feed)
{
    /// <summary>Makes it.</summary>
    /// <param name="id">The device as the address names it.</param>
    /// <param name="user">Who decides; whether they may is decided before.</param>
    /// <param name="decide">What is to be done, by whom.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<IResult> MakeAsync(string id, ClaimsPrincipal user, Func<DeviceId, Guid, Task> decide, CancellationToken ct)
    {
        var viewer = Viewer.Of(user);
        if (!DeviceId.TryParse(id, out var device) || !await query.VisibleTo(viewer).AnyAsync(d => d.Id == device, ct)) return Page.NotFound(DeviceRoutes.NoSuchDevice, viewer);
        try
        {
            await decide(device, viewer.PersonId);
            feed.Publish(new LiveEvent(device, LiveChange.Device, query.AsOf));
            return TypedResults.LocalRedirect($"/devices/{id}");
        }
        catch (SetupException fault)
        {
            return Page.Of<DevicePage>(new { Model = await reader.ReadAsync(viewer, device, null, ct), Viewer = viewer, Fault = fault.Message }, StatusCodes.Status400BadRequest);
        }
    }
}
