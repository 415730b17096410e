namespace Sandbox.Server.Export;

/// <summary>What auditors take home.</summary>
internal static class ExportSetup
{
    /// <summary>Adds it, one per scope.</summary>
    public static IServiceCollection AddExport(this IServiceCollection services) => services.AddScoped<BundleExport>().AddSingleton<ExportTurns>();
}
