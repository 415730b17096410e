using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Services;

/// <summary>The folders of unit files and links, in the order in which systemd prefers them: see systemd.unit(5).</summary>
internal static class UnitFolders
{
    /// <summary>The administrator's own.</summary>
    public const string Own = "etc/systemd/system";

    private const string NoUnit = "/dev/null";
    private static readonly string[] Suffixes = [".service", ".socket", ".timer", ".path"];
    private static readonly string[] Pulling = [".wants", ".requires", ".upholds"];

    /// <summary>Of two files with one name the first counts.</summary>
    public static IReadOnlyList<string> Search { get; } = [Own, "run/systemd/system", "usr/local/lib/systemd/system", "usr/lib/systemd/system", "lib/systemd/system"];

    /// <summary>Units that others are enabled for.</summary>
    public static IReadOnlyList<string> UsualTargets { get; } =
        ["multi-user.target", "graphical.target", "default.target", "sockets.target", "timers.target", "sysinit.target", "network-online.target"];

    /// <summary>Every unit that a file or a link names.</summary>
    public static Dictionary<string, UnitEntry> Read(RootFolder root, UnseenNotes unseen, CancellationToken ct)
    {
        var units = new Dictionary<string, UnitEntry>(StringComparer.Ordinal);
        foreach (var folder in Search)
        {
            var names = root.List(folder, out var fault);
            if (fault is not null && fault.Why != "not present") unseen.Add(fault);
            foreach (var name in names)
            {
                ct.ThrowIfCancellationRequested();
                if (folder == Own && Pulling.FirstOrDefault(name.EndsWith) is { } suffix) Pulled(root, units, name, name[..^suffix.Length]);
                else if (IsUnit(name)) Add(root, units, folder, name, unseen);
            }
        }
        foreach (var instance in units.Values.Where(unit => unit.Path is null).ToList()) instance.TakeFrom(units);
        return units;
    }

    private static bool IsUnit(string name) => Suffixes.Any(name.EndsWith);

    private static void Pulled(RootFolder root, Dictionary<string, UnitEntry> units, string folder, string by)
    {
        foreach (var name in root.List($"{Own}/{folder}", out _))
            if (IsUnit(name)) Entry(units, name).WantedBy.Add(by);
    }

    private static void Add(RootFolder root, Dictionary<string, UnitEntry> units, string folder, string name, UnseenNotes unseen)
    {
        var path = $"{folder}/{name}";
        var link = RootFolder.LinkTarget(Path.Combine(root.Resolve(folder), name));
        if (link == NoUnit)
        {
            Entry(units, name).Mask(path, byPackage: folder is not (Own or "run/systemd/system"));
            return;
        }
        if (link is not null && Path.GetFileName(link) is var target && target != name && IsUnit(target))
        {
            if (folder == Own) Entry(units, target).Aliases.Add(name);
            return;
        }
        var entry = Entry(units, name);
        if (entry.Path is not null) return;
        if (root.TryRead(path, out var text, out var fault)) entry.Take(path, text, folder);
        else unseen.Add(fault);
    }

    private static UnitEntry Entry(Dictionary<string, UnitEntry> units, string name)
    {
        if (!units.TryGetValue(name, out var entry)) units[name] = entry = new UnitEntry(name);
        return entry;
    }
}
