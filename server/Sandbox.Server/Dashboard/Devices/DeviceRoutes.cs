using System.Security.Claims;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Acts;
using Sandbox.Server.Dashboard.OneDevice;
using Sandbox.Server.Dashboard.Shell;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.Devices;

/// <summary>The list of devices and the page of one.</summary>
internal static class DeviceRoutes
{
    /// <summary>One answer for what is not there and what is not yours.</summary>
    internal const string NoSuchDevice = "There is no such device, or it is not yours.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/devices", ListAsync);
        routes.MapGet("/devices/{id}", OneAsync);
        routes.MapGet("/devices/{id}/software", SoftwareAsync);
        routes.MapGet("/devices/{id}/acts", ActsAsync);
        QuarantineRoutes.Map(routes);
        WordRoutes.Map(routes);
    }

    private static async Task<IResult> ListAsync(
        string? q, string? state, string? page, ClaimsPrincipal user, DeviceQuery query, DeviceLists lists, CancellationToken ct)
    {
        var viewer = Viewer.Of(user);
        var filter = DeviceFilter.Of(q, state, int.TryParse(page, out var number) ? number : null);
        var devices = query.Named(query.Of(viewer, filter.Group), filter.Text);
        var list = await lists.ReadAsync(devices, filter.Page, DeviceList.PageSize, ct);
        var gone = list.Total > 0 || filter.IsNarrow ? [] : await lists.GoneAsync(viewer, ct);
        return Page.Of<DevicesPage>(new { Model = list, Filter = filter, Viewer = viewer, Gone = gone });
    }

    private static async Task<IResult> OneAsync(string id, string? traffic, ClaimsPrincipal user, DeviceReader reader, CancellationToken ct)
    {
        var viewer = Viewer.Of(user);
        var view = DeviceId.TryParse(id, out var device) ? await reader.ReadAsync(viewer, device, traffic, ct) : null;
        return view is null ? Page.NotFound(NoSuchDevice, viewer) : Page.Of<DevicePage>(new { Model = view, Viewer = viewer });
    }

    private static async Task<IResult> ActsAsync(string id, string? who, string? page, ClaimsPrincipal user, ActsReader reader, CancellationToken ct)
    {
        var viewer = Viewer.Of(user);
        if (!DeviceId.TryParse(id, out var device)) return Page.NotFound(NoSuchDevice, viewer);
        var filter = who switch { "all" => ActFilter.All, "automation" => ActFilter.Automation, _ => ActFilter.People };
        var view = await reader.ReadAsync(viewer, device, filter, int.TryParse(page, out var number) ? number : 1, ActsView.PageSize, ct);
        return view is null ? Page.NotFound(NoSuchDevice, viewer) : Page.Of<ActsPage>(new { Model = view, Viewer = viewer });
    }

    private static async Task<IResult> SoftwareAsync(
        string id, string? q, string? page, ClaimsPrincipal user, SoftwareReader reader, CancellationToken ct)
    {
        var viewer = Viewer.Of(user);
        if (!DeviceId.TryParse(id, out var device)) return Page.NotFound(NoSuchDevice, viewer);
        var view = await reader.ReadAsync(viewer, device, q?.Trim() ?? "", int.TryParse(page, out var number) ? number : 1, ct);
        return view is null ? Page.NotFound(NoSuchDevice, viewer) : Page.Of<SoftwarePage>(new { Model = view, Viewer = viewer });
    }
}
