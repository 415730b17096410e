namespace Sandbox.Agent.Collecting;

/// <summary>What is mounted where: of several mounts on one point the last, which hides the others.</summary>
internal sealed class MountTable
{
    /// <summary>Below the root folder.</summary>
    public const string Path = "proc/self/mountinfo";

    /// <summary>What changes with it.</summary>
    public static readonly IReadOnlyList<string> Watches = [Path];

    // As a hardened service the agent sees its own mounts, all of them read-only (systemd.exec(5), ProtectSystem): what the machine has is what its
    // first process sees, as far as one may ask (CAP_SYS_PTRACE).
    private const string OfTheMachine = "proc/1/mountinfo";

    private const int MostBytes = 8 << 20;
    private readonly Dictionary<string, Mount> _mounts = new(StringComparer.Ordinal);

    private MountTable()
    {
    }

    /// <summary>All that can be seen.</summary>
    public IReadOnlyCollection<Mount> All => _mounts.Values;

    /// <summary>Null: the table cannot be read, which is noted.</summary>
    public static MountTable? Read(RootFolder root, UnseenNotes unseen)
    {
        if (!root.TryRead(OfTheMachine, out var text, out _, MostBytes) && !root.TryRead(Path, out text, out var fault, MostBytes))
        {
            unseen.Add(fault);
            return null;
        }
        var table = new MountTable();
        foreach (var line in text.Split('\n'))
            if (Mount.Parse(line) is { } mount) table._mounts[mount.Point] = mount;
        return table;
    }

    /// <summary>Whether something is mounted on this very point.</summary>
    public bool Has(string point) => _mounts.ContainsKey(point);

    /// <summary>What holds the path, which has no links in it. Null: nothing that is listed, or nobody knows from where the path counts.</summary>
    public Mount? Holding(string path)
    {
        if (path is not ['/', ..]) return null;
        for (var at = path.TrimEnd('/'); at.Length > 0; at = at[..at.LastIndexOf('/')])
            if (_mounts.TryGetValue(at, out var mount)) return mount;
        return _mounts.GetValueOrDefault("/");
    }
}
