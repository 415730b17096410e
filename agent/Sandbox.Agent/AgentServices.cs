using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sandbox.Agent.Bandwidth;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Faults;
using Sandbox.Agent.Identity;
using Sandbox.Agent.Memory;
using Sandbox.Agent.Uplink;

namespace Sandbox.Agent;

/// <summary>Joins collectors, spool and uplink; the only place that knows all three.</summary>
internal static class AgentServices
{
    /// <summary>Adds what a running agent consists of. Services stop in the reverse order: first no more facts, then the last signature, then the stream.</summary>
    public static void AddAgent(this IServiceCollection services, AgentFolders folders, string root, DeviceIdentity identity, Spool spool) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton(identity)
        .AddSingleton(spool)
        .AddSingleton(new DeviceSigner(identity.Device, identity.Key))
        .AddSingleton<RefreshRequests>()
        .AddSingleton<ReportWriter>()
        .AddSingleton<IFactSink>(all => all.GetRequiredService<ReportWriter>())
        .AddCollectors(folders, root)
        .AddUplink(folders, root)
        .AddHostedService(all => all.GetRequiredService<Uplink.Uplink>())
        .AddHostedService<TimelySignatures>()
        .AddHostedService(all => all.GetRequiredService<CollectorLoop>())
        .AddHostedService<Renewal>()
        .AddHostedService(all => new Slimming(all.GetRequiredService<TimeProvider>()));

    private static IServiceCollection AddCollectors(this IServiceCollection services, AgentFolders folders, string root) => services
        .AddSingleton(all =>
        {
            var time = all.GetRequiredService<TimeProvider>();
            var collectors = AllCollectors.For(root, folders.ActsPlace);
            foreach (var counters in collectors.OfType<LinuxInterfaceCounters>()) counters.Second = all.GetRequiredService<LiveLane>().Offer;
            var books = new CollectorBooks(collectors);
            var health = new LinuxAgentHealth(books, () => Figures(all.GetRequiredService<Spool>(), all.GetRequiredService<UplinkBook>()), time);
            return new CollectorSet(root, collectors, books, health.Sample);
        })
        .AddSingleton<CollectorLoop>();

    private static IServiceCollection AddUplink(this IServiceCollection services, AgentFolders folders, string root) => services
        .AddSingleton(new UplinkTimes())
        .AddSingleton(all => new CheckpointFile(folders.Checkpoint, all.GetRequiredService<ILogger<CheckpointFile>>()))
        .AddSingleton(all => new UplinkBook(folders.Status, all.GetRequiredService<TimeProvider>(), all.GetRequiredService<ILogger<UplinkBook>>()))
        .AddSingleton(all => new ServerWishes(all.GetRequiredService<RefreshRequests>(), heartbeat =>
        {
            all.GetRequiredService<ReportWriter>().SetHeartbeat(heartbeat);
            all.GetRequiredService<CollectorLoop>().Heartbeat = heartbeat;
        }))
        .AddSingleton<LiveLane>()
        .AddSingleton(all => new FaultLane(all.GetRequiredService<FaultSocket>(), new FaultConsent(folders.Enrolment), all.GetRequiredService<TimeProvider>()))
        .AddSingleton(all => ActivatorUtilities.CreateInstance<Cargo>(all) with { Machine = new Machine(root), Live = all.GetRequiredService<LiveLane>(), Faults = all.GetRequiredService<FaultLane>() })
        .AddSingleton<ReportStream>()
        .AddSingleton<Uplink.Uplink>();

    private static SpoolFigures Figures(Spool spool, UplinkBook book) =>
        new((ulong)spool.Bytes, (ulong)spool.LimitBytes, spool.Last - spool.Acknowledged, book.ClockOffset);
}
