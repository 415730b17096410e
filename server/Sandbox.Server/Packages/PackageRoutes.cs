using Microsoft.Net.Http.Headers;

namespace Sandbox.Server.Packages;

/// <summary>
/// The agent's packages and the script that installs them, for everybody: a machine that is to join has nothing to show yet, and there is nothing secret
/// in them. What lets a machine in is its join code.
/// </summary>
internal static class PackageRoutes
{
    private const string Text = "text/plain; charset=utf-8";

    /// <summary>Adds what the routes and the page need.</summary>
    public static IServiceCollection AddPackages(this IServiceCollection services) => services.AddSingleton<PackageFolder>().AddSingleton<InstallCommand>();

    /// <summary>Maps them.</summary>
    public static void MapPackages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/install", Install).AllowAnonymous();
        app.MapGet("/packages/{name}", File).AllowAnonymous();
    }

    private static IResult Install(PackageFolder folder, InstallCommand command, HttpResponse response)
    {
        if (!folder.HasPackages) return Missing("This server has no packages of the agent yet.");
        response.Headers.CacheControl = "no-cache";
        return Results.Text(InstallScript.For(command.Server, command.Pin), Text);
    }

    private static IResult File(string name, PackageFolder folder, HttpResponse response)
    {
        if (folder.Find(name) is not { } file) return Missing(folder.HasPackages ? "This server has no package of that name." : "This server has no packages of the agent yet.");
        response.Headers.CacheControl = "no-cache";
        var tag = new EntityTagHeaderValue($"\"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}\"");
        return Results.File(file.FullName, TypeOf(name), lastModified: file.LastWriteTimeUtc, entityTag: tag, enableRangeProcessing: true);
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".deb" => "application/vnd.debian.binary-package",
        ".gz" => "application/gzip",
        _ => Text,
    };

    private static IResult Missing(string words) =>
        Results.Text($"{words} To make them, type on the server, in a checkout: deploy/package\n", Text, statusCode: StatusCodes.Status404NotFound);
}
