using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Sandbox.Protocol;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.Events;

/// <summary>The stream of events that keeps an open page fresh.</summary>
internal static class LiveRoutes
{
    /// <summary>Where it is.</summary>
    public const string Path = "/live";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, OpenAsync);

    private static async Task<IResult> OpenAsync(string? device, string? about, HttpContext http, LiveStreams streams, LiveAudience audience, CancellationToken ct)
    {
        if (LiveTopic.Parse(about) is not { } part) return TypedResults.NotFound();
        DeviceId? one = null;
        if (device is not null)
        {
            if (!DeviceId.TryParse(device, out var id) || !await audience.MaySeeAsync(Viewer.Of(http.User), id, ct)) return TypedResults.NotFound();
            one = id;
        }

        var session = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        return TypedResults.ServerSentEvents(streams.ReadAsync(http.User, new LiveTopic(one, part), session.Properties?.ExpiresUtc, ct));
    }
}
