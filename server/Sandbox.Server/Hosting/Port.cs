using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Sandbox.Server.Hosting;

/// <summary>Which of the two listeners a connection came in on: a property of the socket, which no header can change.</summary>
internal sealed class Port
{
    /// <summary>Pages, for browsers.</summary>
    public static readonly Port Web = new();

    /// <summary>gRPC, for agents.</summary>
    public static readonly Port Agent = new();

    private Port()
    {
    }

    /// <summary>Marks every connection of a listener.</summary>
    public static void Mark(ListenOptions listener, Port port) => listener.Use(next => connection =>
    {
        connection.Features.Set(port);
        return next(connection);
    });
}
