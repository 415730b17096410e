namespace Sandbox.Server.Witness;

/// <summary>Agents as witnesses of the evidence log.</summary>
internal static class WitnessSetup
{
    /// <summary>Adds what hears them.</summary>
    public static IServiceCollection AddWitness(this IServiceCollection services) =>
        services.AddSingleton<TestimonyCourt>().AddHostedService<WitnessStand>();
}
