using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Sandbox.Server.Hosting;

/// <summary>Opens the two ports, and says in words what stands in the way.</summary>
internal static class Listening
{
    /// <summary>Starts the server.</summary>
    /// <returns>The ports it listens on.</returns>
    /// <exception cref="SetupException">A port is taken or not allowed.</exception>
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
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.AccessDenied)
        {
            throw new SetupException(
                $"Ports below 1024 are not for the user {Environment.UserName}: choose others with --web-port N and --agent-port N, or start the server with sudo.");
        }

        // Kestrel lists addresses in the order in which Composition listens: pages, agents.
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        int[] ports = [.. addresses.Select(x => BindingAddress.Parse(x).Port)];
        return new BoundPorts(ports[0], ports[1]);
    }

    private static SetupException Busy(string message, ServerSettings settings)
    {
        var agent = message.Contains($":{settings.AgentPort}:", StringComparison.Ordinal);
        var (port, option) = agent ? (settings.AgentPort, "--agent-port") : (settings.WebPort, "--web-port");
        return new SetupException($"Port {port} is in use by another program: choose another with {option} N, or see who has it with: ss -ltnp sport = :{port}");
    }
}
