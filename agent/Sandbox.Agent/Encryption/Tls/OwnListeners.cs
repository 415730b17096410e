using System.Net;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Encryption.Tls;

/// <summary>
/// What answers to TLS on this machine's own well-known ports. Nobody is asked whose socket systemd holds: the question would start the service. A listener is
/// asked when it is new and then once an hour, since each question is a line in its log.
/// </summary>
internal sealed class OwnListeners(RootFolder root, TimeProvider time)
{
    private const int Most = 20;
    private static readonly int[] Ports = [443, 465, 631, 636, 993, 995, 8443];
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];
    private static readonly TimeSpan Between = TimeSpan.FromHours(1);
    private readonly Dictionary<ulong, (DateTimeOffset At, TlsListener Said)> _asked = [];

    /// <summary>Sorted by port and address. Asks the running system only.</summary>
    public async Task<IReadOnlyList<TlsListener>> AskAsync(UnseenNotes unseen, CancellationToken ct)
    {
        if (!root.IsThisSystem) return [];
        var sockets = Tables.SelectMany(Waiting).OrderBy(one => one.Port).ThenBy(one => one.Address.ToString(), StringComparer.Ordinal).DistinctBy(one => one.Inode).Take(Most).ToList();
        foreach (var gone in _asked.Keys.Except(sockets.Select(one => one.Inode)).ToList()) _asked.Remove(gone);
        if (sockets.Count == 0) return [];
        if (HeldBySystemd() is not { } held)
        {
            unseen.Add(Why.Of("/proc/1/fd", "permission denied, so it cannot be told whether a question would start a service, and no listener is asked for its certificate", "Run the agent as root"));
            return [];
        }
        var due = sockets.Where(one => !held.Contains(one.Inode) && !IsFresh(one.Inode)).ToList();
        var answers = await Task.WhenAll(due.Select(one => Handshake.WithAsync(new IPEndPoint(one.Address, one.Port), ct)));
        foreach (var (one, said) in due.Zip(answers)) _asked[one.Inode] = (time.GetUtcNow(), said);
        return sockets.ConvertAll(one => _asked.TryGetValue(one.Inode, out var answer) ? answer.Said : NotAsked(one));
    }

    private bool IsFresh(ulong inode) => _asked.TryGetValue(inode, out var before) && time.GetUtcNow() - before.At < Between;

    private static TlsListener NotAsked(BoundSocket socket) =>
        new() { Address = socket.Address.ToString(), Port = (uint)socket.Port, Why = "systemd listens for it, and a question would start it" };

    private List<BoundSocket> Waiting(string table)
    {
        var found = new List<BoundSocket>();
        if (!root.Has(table)) return found;
        try
        {
            using var lines = new ByteLines(root.Resolve(table));
            for (lines.Next(out _); lines.Next(out var line);)
            {
                if (BoundSocket.Parse(line) is not { } socket) continue;
                // Those that listen come first.
                if (!socket.Listens) break;
                if (Ports.Contains(socket.Port) && !socket.Address.IsIPv6LinkLocal) found.Add(socket);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What listens is named as unseen by the collector of services.
        }
        return found;
    }

    // Null: one may not look. In a container process 1 may be the server itself.
    private HashSet<ulong>? HeldBySystemd()
    {
        var held = new HashSet<ulong>();
        if (root.Line("/proc/1/comm") != "systemd") return held;
        var files = root.List("/proc/1/fd", out var fault);
        foreach (var file in files)
            if (RootFolder.LinkTarget($"/proc/1/fd/{file}") is ['s', 'o', 'c', 'k', 'e', 't', ':', '[', .. var number, ']'] && ulong.TryParse(number, out var inode)) held.Add(inode);
        return fault is null ? held : null;
    }
}
