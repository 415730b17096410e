using System.Net.Sockets;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.RemoteAccess;

/// <summary>TCP sockets that wait for somebody, by the kernel's number of each: /proc/net/tcp and tcp6 (proc(5)).</summary>
internal static class ListeningSockets
{
    private const int Most = 10_000;
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Null: there is no such table.</summary>
    public static Dictionary<ulong, string>? Read(RootFolder root)
    {
        if (!root.Has(Tables[0])) return null;
        var found = new Dictionary<ulong, string>();
        foreach (var table in Tables.Where(root.Has))
        {
            try
            {
                using var lines = new ByteLines(root.Resolve(table));
                while (found.Count < Most && lines.Next(out var line))
                {
                    if (BoundSocket.Parse(line) is { Listens: true } socket) found.TryAdd(socket.Inode, Words(socket));
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }

        return found;
    }

    private static string Words(BoundSocket socket) =>
        socket.Address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{socket.Address}]:{socket.Port}" : $"{socket.Address}:{socket.Port}";
}
