using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>
/// Snaps that are in use: NAME/current leads to the revision's folder. snapd's state.json would know more, but it holds tokens and is not opened.
/// </summary>
internal static class Snaps
{
    private const string Files = "var/lib/snapd/snaps";
    private const int MostSnaps = 500;
    private static readonly string[] Mounts = ["snap", "var/lib/snapd/snap"];

    public static IReadOnlyList<string> Watches { get; } = [Files];

    /// <summary>None where there is no snapd.</summary>
    public static IEnumerable<Package> Read(RootFolder root, ICollection<Unseen> unseen)
    {
        if (Mounts.FirstOrDefault(mount => Directory.Exists(root.Resolve(mount))) is not { } mount) return [];
        var names = root.List(mount, out var fault);
        if (fault is not null) unseen.Add(fault);
        return names.Take(MostSnaps).Select(name => Of(root, mount, name, unseen)).OfType<Package>();
    }

    private static Package? Of(RootFolder root, string mount, string name, ICollection<Unseen> unseen)
    {
        if (RootFolder.LinkTarget(root.Resolve($"{mount}/{name}") + "/current") is not { } revision) return null;
        var package = new Package { Name = name, Manager = Package.Types.Manager.Snap };
        var yaml = $"{mount}/{name}/current/meta/snap.yaml";
        if (root.TryRead(yaml, out var text, out var fault)) package.Version = Version(text) ?? "";
        else if (unseen.Count < 50) unseen.Add(fault);
        if (FileTime.Of(root, $"{Files}/{name}_{revision}.snap") is { } at) package.InstalledAt = at;
        return package;
    }

    // A plain or quoted scalar at the outermost level: what snapcraft writes.
    private static string? Version(string yaml)
    {
        foreach (var line in yaml.AsSpan().EnumerateLines())
            if (line.StartsWith("version:", StringComparison.Ordinal)) return line["version:".Length..].Trim().Trim("'\"").ToString();
        return null;
    }
}
