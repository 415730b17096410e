using Microsoft.Extensions.DependencyInjection.Extensions;
using Sandbox.Evidence;
using Sandbox.Protocol;
using Sandbox.Server.Assessment;
using Sandbox.Server.Devices;

namespace Sandbox.Server.Ingest;

/// <summary>The way of reports into the store.</summary>
internal static class IngestSetup
{
    /// <summary>Adds the writer and what leads to it.</summary>
    public static IServiceCollection AddIngest(this IServiceCollection services)
    {
        services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = grpc.MaxSendMessageSize = Wire.LargestMessage);
        services.AddSingleton<SeededNow>().AddSingleton<Assessor>().AddSingleton<Batches>().AddSingleton<ReportStreams>();
        services.TryAddSingleton(SilentAfter.Default);
        services.TryAddSingleton(LabDefault.Policy);
        services.TryAddSingleton(Heartbeat.Default);
        services.AddSingleton<IngestQueue>().AddSingleton<AfterCommit>().AddSingleton<Ingest>().AddSingleton<CloneCheck>().AddSingleton<Quarantine>();
        return services.AddHostedService<IngestWriter>().AddHostedService<JudgementClock>();
    }

    /// <summary>Opens the stream of reports; open to the web's policies, because the interceptor lets only devices in.</summary>
    public static WebApplication MapIngest(this WebApplication app)
    {
        app.MapGrpcService<TelemetryService>().AllowAnonymous();
        return app;
    }
}
