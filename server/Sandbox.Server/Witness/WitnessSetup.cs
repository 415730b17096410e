namespace Sandbox.Server.Witness;

/// <summary>The witnesses of the evidence log: agents, and those outside who cosign.</summary>
internal static class WitnessSetup
{
    /// <summary>Adds what hears and asks them.</summary>
    public static IServiceCollection AddWitness(this IServiceCollection services) => services
        .AddSingleton<TestimonyCourt>().AddSingleton<Halt>().AddHostedService<WitnessStand>()
        .AddSingleton<WitnessClient>().AddSingleton<WitnessTalk>().AddHostedService<WitnessRounds>();
}
