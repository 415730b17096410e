using System.Globalization;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Services;

/// <summary>
/// Which programs hold which sockets, from the links in /proc/PID/fd. Looking through all processes is the dearest thing here, so it is done
/// when a socket is new, and otherwise every tenth time.
/// </summary>
internal sealed class SocketOwners(RootFolder root)
{
    private const int RunsBetween = 10;
    private const string Deleted = " (deleted)";
    private Dictionary<ulong, HashSet<SocketOwner>> _known = [];
    private HashSet<ulong> _asked = [];
    private int _runs;

    /// <summary>Said when sockets have no owner because we may not look.</summary>
    public static Unseen OthersHidden { get; } = Environment.IsPrivilegedProcess
        ? Why.Of("proc/PID/fd", "permission denied: some processes are hidden from root, too")
        : Why.Of("proc/PID/fd", new UnauthorizedAccessException());

    /// <summary>Some processes did not let us look.</summary>
    public bool Denied { get; private set; }

    /// <summary>The holders of these sockets, as far as they can be seen.</summary>
    public IReadOnlyDictionary<ulong, HashSet<SocketOwner>> Of(HashSet<ulong> sockets, CancellationToken ct)
    {
        if (_runs++ % RunsBetween != 0 && sockets.SetEquals(_asked)) return _known;
        (_known, Denied) = ([], false);
        if (sockets.Count > 0) Look(sockets, ct);
        _asked = sockets;
        return _known;
    }

    private void Look(HashSet<ulong> sockets, CancellationToken ct)
    {
        foreach (var process in root.List("proc", out _))
        {
            ct.ThrowIfCancellationRequested();
            if (!char.IsAsciiDigit(process[0])) continue;
            var at = root.Resolve($"proc/{process}/fd");
            SocketOwner? owner = null;
            var files = root.List($"proc/{process}/fd", out var unseen);
            // A file that was closed in between has no link either, but not all of a process are.
            var hidden = files.Count > 0;
            foreach (var file in files)
            {
                if (RootFolder.LinkTarget(Path.Combine(at, file)) is not { } link) continue;
                hidden = false;
                if (Inode(link) is { } inode && sockets.Contains(inode)) Holds(inode, owner ??= Program($"proc/{process}"));
            }
            if (hidden || unseen?.Why == "permission denied") Denied = true;
        }
    }

    private void Holds(ulong inode, SocketOwner owner)
    {
        if (!_known.TryGetValue(inode, out var owners)) _known[inode] = owners = [];
        owners.Add(owner);
    }

    private SocketOwner Program(string at)
    {
        var owner = new SocketOwner { Name = root.Line($"{at}/comm") ?? "" };
        // An upgrade that replaces the program changes nothing in what listens.
        if (RootFolder.LinkTarget(Path.Combine(root.Resolve(at), "exe")) is { } program)
            owner.Program = program.EndsWith(Deleted, StringComparison.Ordinal) ? program[..^Deleted.Length] : program;
        return owner;
    }

    // socket:[1602]
    private static ulong? Inode(string link) =>
        link.StartsWith("socket:[", StringComparison.Ordinal) && link.EndsWith(']')
            && ulong.TryParse(link.AsSpan(8, link.Length - 9), NumberStyles.None, CultureInfo.InvariantCulture, out var inode)
            ? inode
            : null;
}
