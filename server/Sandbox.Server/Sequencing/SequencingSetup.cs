namespace Sandbox.Server.Sequencing;

/// <summary>The evidence log: its growth, and its reading by strangers.</summary>
internal static class SequencingSetup
{
    /// <summary>Adds the sequencer.</summary>
    public static IServiceCollection AddSequencing(this IServiceCollection services) =>
        services.AddSingleton<LogRound>().AddSingleton<OwnMemory>().AddSingleton<Handovers>().AddHostedService<Sequencer>();

    /// <summary>Opens the log to everybody.</summary>
    public static WebApplication MapSequencing(this WebApplication app)
    {
        LogRoutes.Map(app);
        return app;
    }
}
