using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Firewall.FrontEnds;

/// <summary>Names of the units that something in /etc/systemd/system wants at boot: what <c>systemctl enable</c> links (systemd.unit(5)).</summary>
internal static class Units
{
    public const string Folder = "etc/systemd/system";

    private const string Ending = ".wants";
    private const int MostFolders = 200;

    /// <summary>Folders in which firewalls are linked, to watch.</summary>
    public static IReadOnlyList<string> Wants { get; } =
        [$"{Folder}/basic.target.wants", $"{Folder}/multi-user.target.wants", $"{Folder}/network-pre.target.wants", $"{Folder}/sysinit.target.wants"];

    public static HashSet<string> Read(RootFolder root)
    {
        var units = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in root.List(Folder, out _).Where(name => name.EndsWith(Ending, StringComparison.Ordinal)).Take(MostFolders))
            units.UnionWith(root.List($"{Folder}/{folder}", out _));
        return units;
    }
}
