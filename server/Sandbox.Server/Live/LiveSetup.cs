namespace Sandbox.Server.Live;

/// <summary>What features tell each other without knowing each other.</summary>
internal static class LiveSetup
{
    /// <summary>Adds the feed, the open streams, and what passes between streams and the evidence log.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services) => services
        .AddSingleton<LiveFeed>().AddSingleton<OpenStreams>().AddSingleton<LogBell>().AddSingleton<NewestCheckpoint>().AddSingleton<CosignedCheckpoint>().AddSingleton<Witnesses>()
        .AddSingleton<TrafficNow>().AddSingleton<TrafficWatchers>();
}
