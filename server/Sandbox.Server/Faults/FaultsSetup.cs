namespace Sandbox.Server.Faults;

/// <summary>Faults that are seeded for tasks.</summary>
internal static class FaultsSetup
{
    /// <summary>Adds them.</summary>
    public static IServiceCollection AddFaults(this IServiceCollection services) =>
        services.AddScoped<FaultBook>().AddScoped<GuessBook>().AddSingleton<FaultDesk>().AddHostedService<FaultClock>();
}
