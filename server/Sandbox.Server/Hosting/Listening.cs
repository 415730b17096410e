using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Sandbox.Server.Hosting;

/// <summary>Opens the two ports, and says in words what stands in the way.</summary>
internal static class Listening
{
    /// <summary>Sees whether both ports can be had, before anything is started that would have to be stopped again.</summary>
    /// <exception cref="SetupException">A port is taken or not allowed.</exception>
    public static void RequireFree(ServerSettings settings)
    {
        foreach (var (port, option) in new[] { (settings.WebPort, "--web-port"), (settings.AgentPort, "--agent-port") })
        {
            if (port == 0) continue;
            try
            {
                using var probe = TcpListener.Create(port);
                probe.Start();
            }
            catch (SocketException fault) when (fault.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                throw Busy(port, option);
            }
            catch (SocketException fault) when (fault.SocketErrorCode == SocketError.AccessDenied)
            {
                throw new SetupException($"Port {port} is not for the user {Environment.UserName}: choose one from 1024 on with {option} N, or start the server with sudo.");
            }
        }
    }

    /// <summary>Starts the server.</summary>
    /// <returns>The ports it listens on.</returns>
    /// <exception cref="SetupException">A port was taken at the last moment.</exception>
    public static async Task<BoundPorts> StartAsync(WebApplication app, ServerSettings settings, CancellationToken ct)
    {
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException)
        {
            throw Busy(fault.Message, settings);
        }

        return PortsOf(app.Services.GetRequiredService<IServer>());
    }

    /// <summary>The ports of a server that has been started.</summary>
    public static BoundPorts PortsOf(IServer server)
    {
        // Kestrel lists addresses in the order in which Composition listens: pages, agents.
        int[] ports = [.. server.Features.Get<IServerAddressesFeature>()!.Addresses.Select(x => BindingAddress.Parse(x).Port)];
        return new BoundPorts(ports[0], ports[1]);
    }

    private static SetupException Busy(string message, ServerSettings settings) =>
        message.Contains($":{settings.AgentPort}:", StringComparison.Ordinal) ? Busy(settings.AgentPort, "--agent-port") : Busy(settings.WebPort, "--web-port");

    private static SetupException Busy(int port, string option) =>
        new($"Port {port} is in use by another program: choose another with {option} N, or see who has it with: ss -ltnp sport = :{port}");
}
