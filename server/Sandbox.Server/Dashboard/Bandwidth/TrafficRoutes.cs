using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Events;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.Bandwidth;

/// <summary>Live traffic for the chart of an open page.</summary>
internal static class TrafficRoutes
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(LiveRoutes.Path + "/traffic", OpenAsync);

    private static async Task<IResult> OpenAsync(string? device, HttpContext http, TrafficStreams streams, LiveAudience audience, CancellationToken ct)
    {
        DeviceId? one = null;
        if (device is not null)
        {
            if (!DeviceId.TryParse(device, out var id) || !await audience.MaySeeAsync(Viewer.Of(http.User), id, ct)) return TypedResults.NotFound();
            one = id;
        }

        var session = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        return TypedResults.ServerSentEvents(streams.ReadAsync(http.User, one, session.Properties?.ExpiresUtc, ct));
    }
}
