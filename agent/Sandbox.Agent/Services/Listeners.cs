using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Listening;
using Sandbox.Protocol;
using Transport = Sandbox.Protocol.ListeningSocket.Types.Protocol;

namespace Sandbox.Agent.Services;

/// <summary>Sockets that wait for others, with the programs that hold them.</summary>
internal static class Listeners
{
    private const int Most = 500;
    private const int MostOwners = 8;

    private static readonly (Transport Protocol, string Path)[] Tables =
        [(Transport.Tcp, "proc/net/tcp"), (Transport.Tcp, "proc/net/tcp6"), (Transport.Udp, "proc/net/udp"), (Transport.Udp, "proc/net/udp6")];

    public static IEnumerable<ListeningSocket> Read(RootFolder root, SocketOwners owners, UnseenNotes unseen, CancellationToken ct)
    {
        var lent = LentPorts.Of(root);
        var sockets = Tables.SelectMany(table => Waiting(root, table.Protocol, table.Path, unseen, ct).Select(socket => (table.Protocol, Socket: socket)))
            .Where(one => one.Protocol == Transport.Tcp || !lent.Contains(one.Socket.Port))
            .GroupBy(one => (one.Socket.Port, one.Protocol, Address: one.Socket.Address.ToString()), one => one.Socket)
            .OrderBy(group => group.Key.Port).ThenBy(group => group.Key.Protocol).ThenBy(group => group.Key.Address, StringComparer.Ordinal).ToList();
        if (sockets.Count > Most) unseen.Add(Why.Of(Tables[0].Path, $"more than {Most} sockets wait for others; those of the highest ports are left out"));
        var kept = sockets.Take(Most).ToList();
        var held = owners.Of(kept.SelectMany(group => group).Select(socket => socket.Inode).ToHashSet(), ct);
        if (owners.Denied && kept.Any(group => group.All(socket => !held.ContainsKey(socket.Inode)))) unseen.Add(SocketOwners.OthersHidden);
        return kept.Select(group => new ListeningSocket
        {
            Protocol = group.Key.Protocol, Port = (uint)group.Key.Port, Address = group.Key.Address,
            Owners = { Holders(group.Select(socket => socket.Inode), held) },
        });
    }

    private static IEnumerable<SocketOwner> Holders(IEnumerable<ulong> inodes, IReadOnlyDictionary<ulong, HashSet<SocketOwner>> held) =>
        inodes.SelectMany(inode => held.GetValueOrDefault(inode, [])).Distinct()
            .OrderBy(owner => owner.Name, StringComparer.Ordinal).ThenBy(owner => owner.Program, StringComparer.Ordinal).Take(MostOwners);

    private static List<BoundSocket> Waiting(RootFolder root, Transport protocol, string path, UnseenNotes unseen, CancellationToken ct)
    {
        var found = new List<BoundSocket>();
        try
        {
            using var lines = new ByteLines(root.Resolve(path));
            for (lines.Next(out _); lines.Next(out var line);)
            {
                ct.ThrowIfCancellationRequested();
                if (BoundSocket.Parse(line) is not { } socket) continue;
                if (protocol == Transport.Tcp ? socket.Listens : socket.HasNoPeer) found.Add(socket);
                // The kernel lists those that listen first (tcp_get_idx), and a busy server has 100,000 others.
                else if (protocol == Transport.Tcp) break;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Without IPv6 there are no such files.
            if (fault is not (FileNotFoundException or DirectoryNotFoundException) || !path.EndsWith('6')) unseen.Add(Why.Of(path, fault));
        }
        return found;
    }
}
