using System.Text;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>
/// What Flatpak has deployed for the whole system: app|runtime/ID/ARCH/BRANCH/active leads to the folder of a commit. Its file <c>deploy</c>
/// is a GVariant of type (ssasta{sv}), whose first string, up to the first zero byte, is the remote.
/// </summary>
internal static class Flatpaks
{
    public static IReadOnlyList<string> Watches { get; } = ["var/lib/flatpak/app", "var/lib/flatpak/runtime"];

    private const int MostDeployments = 1000;
    private const int LongestRemote = 255;

    /// <summary>None where there is no Flatpak.</summary>
    public static IEnumerable<Package> Read(RootFolder root, ICollection<Unseen> unseen) =>
        Watches.SelectMany(folder => Below(root, folder, unseen))
            .SelectMany(id => Below(root, id, unseen))
            .SelectMany(architecture => Below(root, architecture, unseen))
            .Take(MostDeployments)
            .Select(branch => Of(root, branch))
            .OfType<Package>();

    private static IEnumerable<string> Below(RootFolder root, string folder, ICollection<Unseen> unseen)
    {
        if (!Directory.Exists(root.Resolve(folder))) return [];
        var names = root.List(folder, out var fault);
        if (fault is not null && unseen.Count < 50) unseen.Add(fault);
        // ID/current and ID/ARCH/BRANCH/active are links beside the folders.
        return names.Where(name => name != "current").Select(name => $"{folder}/{name}");
    }

    private static Package? Of(RootFolder root, string branch)
    {
        if (RootFolder.LinkTarget(root.Resolve(branch) + "/active") is not { } commit) return null;
        if (branch.Split('/') is not [.., var id, var architecture, var name]) return null;
        var package = new Package { Name = id, Architecture = architecture, Branch = name, Manager = Package.Types.Manager.Flatpak };
        package.Version = commit.Length > 12 ? commit[..12] : commit;
        var deploy = $"{branch}/active/deploy";
        if (FileTime.Of(root, deploy) is { } at) package.InstalledAt = at;
        if (Remote(root, deploy) is { } remote) package.Origin = remote;
        return package;
    }

    private static string? Remote(RootFolder root, string deploy)
    {
        try
        {
            using var file = RegularFile.Open(root.Resolve(deploy));
            Span<byte> start = stackalloc byte[LongestRemote + 1];
            start = start[..RandomAccess.Read(file, start, 0)];
            var end = start.IndexOf((byte)0);
            return end > 0 ? Encoding.UTF8.GetString(start[..end]) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
