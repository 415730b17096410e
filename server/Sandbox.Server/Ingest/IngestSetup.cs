using Sandbox.Protocol;

namespace Sandbox.Server.Ingest;

/// <summary>The way of reports into the store.</summary>
internal static class IngestSetup
{
    public static IServiceCollection AddIngest(this IServiceCollection services)
    {
        services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = grpc.MaxSendMessageSize = Wire.LargestMessage);
        return services;
    }

    public static WebApplication MapIngest(this WebApplication app) => app;
}
