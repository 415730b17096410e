using System.Globalization;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.RemoteAccess;

/// <summary>Which programs run and what they listen on: processes by the name that the kernel has for them, and their sockets (proc(5)).</summary>
internal sealed class RunningPrograms
{
    private const int MostProcesses = 32_768;
    private const int MostFiles = 4096;
    private readonly Dictionary<string, SortedSet<string>> _listening = new(StringComparer.Ordinal);
    private readonly HashSet<string> _running = new(StringComparer.Ordinal);

    private RunningPrograms()
    {
    }

    /// <summary>Looks for the names. Null: no processes can be seen, which a folder that is no running system has not.</summary>
    public static RunningPrograms? Read(RootFolder root, IReadOnlySet<string> names, UnseenNotes unseen, CancellationToken ct)
    {
        if (ListeningSockets.Read(root) is not { } sockets)
        {
            unseen.Add(Why.Of("/proc/net/tcp", "only the running system knows what runs and listens", "Leave out --root"));
            return null;
        }

        var programs = new RunningPrograms();
        foreach (var process in root.List("/proc", out _).Where(name => char.IsAsciiDigit(name[0])).Take(MostProcesses))
        {
            ct.ThrowIfCancellationRequested();
            if (root.Line($"/proc/{process}/comm") is { } name && names.Contains(name)) programs.Add(root, name, $"/proc/{process}/fd", sockets, unseen);
        }

        return programs;
    }

    /// <summary>Whether one of the names runs.</summary>
    public bool Runs(IEnumerable<string> names) => names.Any(_running.Contains);

    /// <summary>Addresses with ports that the names listen on, sorted.</summary>
    public IEnumerable<string> Listening(IEnumerable<string> names) =>
        names.SelectMany(name => _listening.GetValueOrDefault(name) ?? []).Distinct().Order(StringComparer.Ordinal);

    private void Add(RootFolder root, string name, string folder, Dictionary<ulong, string> sockets, UnseenNotes unseen)
    {
        _running.Add(name);
        var files = root.List(folder, out var fault);
        if (fault is { Why: "permission denied" }) unseen.Add(Why.Of($"/proc, files of {name}", fault.Why, fault.Remedy));
        foreach (var file in files.Take(MostFiles))
        {
            if (Socket(RootFolder.LinkTarget($"{root.Resolve(folder)}/{file}")) is not { } inode || !sockets.TryGetValue(inode, out var address)) continue;
            if (!_listening.TryGetValue(name, out var addresses)) _listening[name] = addresses = new SortedSet<string>(StringComparer.Ordinal);
            addresses.Add(address);
        }
    }

    private static ulong? Socket(string? target) =>
        target is ['s', 'o', 'c', 'k', 'e', 't', ':', '[', .. var number, ']']
        && ulong.TryParse(number, CultureInfo.InvariantCulture, out var inode) ? inode : null;
}
