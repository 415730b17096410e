using Grpc.AspNetCore.Server;

namespace Sandbox.Server.Hosting;

/// <summary>
/// Keeps the two worlds apart: gRPC answers on the agents' port only, pages on the web port only, whatever the Host header says. A route that
/// belongs to both says so with <see cref="OnBothPorts"/>, gRPC for people's programs with <see cref="OnWebPort"/>.
/// </summary>
internal static class PortGate
{
    /// <summary>Answers 404 to what came in on the wrong port. Goes after UseRouting.</summary>
    public static void UsePortGate(this WebApplication app) => app.Use((context, next) =>
    {
        if (Belongs(context.GetEndpoint(), context.Features.Get<Port>())) return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    private static bool Belongs(Endpoint? endpoint, Port? port)
    {
        if (endpoint?.Metadata.GetMetadata<OnBothPorts>() is not null) return true;
        var grpc = endpoint?.Metadata.GetMetadata<GrpcMethodMetadata>() is not null && endpoint.Metadata.GetMetadata<OnWebPort>() is null;
        return grpc ? port == Port.Agent : port == Port.Web;
    }
}

/// <summary>Marks a route that answers on both ports.</summary>
internal sealed class OnBothPorts;

/// <summary>Marks gRPC methods that answer on the web port.</summary>
internal sealed class OnWebPort;
