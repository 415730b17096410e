using Sandbox.Server.Export.Formats;
using Sandbox.Server.Export.Formats.Badges;
using Sandbox.Server.Export.Formats.Case;
using Sandbox.Server.Hosting;

namespace Sandbox.Server.Export;

/// <summary>What auditors take home, and what other systems take in.</summary>
internal static class ExportSetup
{
    /// <summary>Adds it, one per scope.</summary>
    public static IServiceCollection AddExport(this IServiceCollection services) => services
        .AddSingleton<IssuerKeyFile>().AddSingleton<RevocationList>()
        .AddScoped(all => new Site(all.GetRequiredService<Addresses>().Page(""), all.GetRequiredService<ServerSettings>().LogOrigin))
        .AddScoped<Exchange>().AddScoped<ExportEntry>().AddScoped<BundleExport>().AddSingleton<ExportTurns>();

    /// <summary>Maps what is open to everybody: who issues badges, and the schedule at which they point.</summary>
    public static void MapExport(this IEndpointRouteBuilder app)
    {
        IssuerRoutes.Map(app);
        CaseRoutes.Map(app);
    }
}
