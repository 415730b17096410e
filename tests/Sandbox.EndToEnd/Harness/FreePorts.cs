using System.Net;
using System.Net.Sockets;

namespace Sandbox.EndToEnd.Harness;

/// <summary>Ports for programs that must be told theirs.</summary>
internal static class FreePorts
{
    /// <summary>Two different ports where nothing listens at this moment.</summary>
    public static (int One, int Other) Two()
    {
        using var one = new TcpListener(IPAddress.Loopback, 0);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        one.Start();
        other.Start();
        return (((IPEndPoint)one.LocalEndpoint).Port, ((IPEndPoint)other.LocalEndpoint).Port);
    }
}
