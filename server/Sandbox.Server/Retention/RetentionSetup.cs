namespace Sandbox.Server.Retention;

/// <summary>How long records are kept: commands and pages need it.</summary>
internal static class RetentionSetup
{
    /// <summary>Adds it, one per scope.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services) =>
        services.AddScoped<KeptPeople>().AddScoped<ProgrammeBook>().AddScoped<RetentionBook>().AddScoped<Erasure>();
}
