using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Devices;
using Sandbox.Server.Dashboard.Shell;
using Sandbox.Server.Devices;
using Sandbox.Server.Live;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.OneDevice;

/// <summary>What a mentor decides about a quarantined device.</summary>
internal static class QuarantineRoutes
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var decide = routes.MapGroup("/devices/{id}").RequireAuthorization(Policies.ManageDevices);
        decide.MapPost("/split", SplitAsync);
        decide.MapPost("/release", ReleaseAsync);
    }

    private static async Task<IResult> SplitAsync(
        string id, IFormCollection form, ClaimsPrincipal user, DeviceQuery query, CloneCases cases, FreshCodes fresh, CancellationToken ct)
    {
        var viewer = Viewer.Of(user);
        if (await NameAsync(id, viewer, query, ct) is not (var device, { } name)) return Page.NotFound(DeviceRoutes.NoSuchDevice, viewer);
        try
        {
            var codes = await cases.SplitAsync(device, Life, ct);
            var (right, other) = (fresh.Text(codes.Right, codes.RightToken), fresh.Text(codes.Other, codes.OtherToken));
            return Page.Of<SplitPage>(new { Id = id, Name = name, Right = right, Other = other, Viewer = viewer });
        }
        catch (SetupException)
        {
            // Somebody else decided meanwhile: the device's page says what it is now.
            return TypedResults.LocalRedirect($"/devices/{id}");
        }
    }

    private static async Task<IResult> ReleaseAsync(
        string id, IFormCollection form, ClaimsPrincipal user, DeviceQuery query, CloneCases cases, LiveFeed feed, CancellationToken ct)
    {
        var viewer = Viewer.Of(user);
        if (await NameAsync(id, viewer, query, ct) is not (var device, not null)) return Page.NotFound(DeviceRoutes.NoSuchDevice, viewer);
        if (await cases.ReleaseAsync(device, ct)) feed.Publish(new LiveEvent(device, LiveChange.Device, query.AsOf));
        return TypedResults.LocalRedirect($"/devices/{id}");
    }

    private static async Task<(DeviceId Device, string? Name)> NameAsync(string id, Viewer viewer, DeviceQuery query, CancellationToken ct) =>
        DeviceId.TryParse(id, out var device) ? (device, await query.VisibleTo(viewer).Where(d => d.Id == device).Select(d => d.Name).FirstOrDefaultAsync(ct)) : default;
}
