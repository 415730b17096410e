using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Settings;
using Sandbox.Protocol;

namespace Sandbox.Agent.TimeSync;

/// <summary>
/// timesyncd.conf(5) with its drop-ins: files of one name in several folders count once, the first folder's; all are read in the order of their
/// names. An empty value forgets what was set before.
/// </summary>
internal static class Timesyncd
{
    public const string Main = "etc/systemd/timesyncd.conf";
    private static readonly string[] DropIns =
        ["etc/systemd/timesyncd.conf.d", "run/systemd/timesyncd.conf.d", "usr/local/lib/systemd/timesyncd.conf.d", "usr/lib/systemd/timesyncd.conf.d"];

    public static IReadOnlyList<string> Watches { get; } = [Main, .. DropIns];

    public static List<TimeSource> Read(RootFolder root, UnseenNotes unseen)
    {
        var sources = new List<TimeSource>();
        foreach (var path in Files(root, unseen))
        {
            if (root.TryRead(path, out var text, out var fault)) Apply(text, RootFolder.Shown(path), sources);
            else unseen.Add(fault);
        }
        return sources.Count > 100 ? sources[..100] : sources;
    }

    private static void Apply(string text, string path, List<TimeSource> sources)
    {
        foreach (var setting in IniText.Parse(text))
        {
            if (setting.Section != "Time" || setting.Name is not ("NTP" or "FallbackNTP")) continue;
            var kind = setting.Name == "NTP" ? "server" : "fallback";
            if (setting.Value.Length == 0) sources.RemoveAll(source => source.Kind == kind);
            foreach (var address in setting.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                sources.Add(new TimeSource { Address = address, Kind = kind, Path = path, Line = setting.Line });
        }
    }

    private static IEnumerable<string> Files(RootFolder root, UnseenNotes unseen)
    {
        var dropIns = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var folder in DropIns.Where(root.Has))
        {
            var names = root.List(folder, out var fault);
            if (fault is not null) unseen.Add(fault);
            foreach (var name in names.Where(name => name.EndsWith(".conf", StringComparison.Ordinal))) dropIns.TryAdd(name, $"{folder}/{name}");
        }
        return [.. root.Has(Main) ? [Main] : Array.Empty<string>(), .. dropIns.Values];
    }
}
