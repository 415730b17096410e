using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.RemoteAccess;

/// <summary>What starts with the system, by the links that <c>systemctl enable</c> and update-rc.d(8) make.</summary>
internal sealed class UnitLinks
{
    private const string Systemd = "/etc/systemd/system";
    private const string Init = "/etc/rc2.d";
    private const int MostFolders = 200;
    private readonly HashSet<string> _wanted = new(StringComparer.Ordinal);
    private readonly bool _known;
    private readonly RootFolder _root;

    public UnitLinks(RootFolder root)
    {
        _root = root;
        _known = root.Has(Systemd) || root.Has(Init);
        if (root.Has(Systemd))
        {
            foreach (var folder in root.List(Systemd, out _).Where(IsWants).Take(MostFolders)) _wanted.UnionWith(root.List($"{Systemd}/{folder}", out _));
        }
        else if (_known) _wanted.UnionWith(root.List(Init, out _).Where(name => name.StartsWith('S') && name.Length > 3).Select(name => $"{name[3..]}.service"));
    }

    /// <summary>Folders to watch.</summary>
    public static IReadOnlyList<string> Watches { get; } =
    [
        "etc/systemd/system", "etc/systemd/system/multi-user.target.wants", "etc/systemd/system/sockets.target.wants",
        "etc/systemd/system/graphical.target.wants",
    ];

    /// <summary>Whether one of the units starts with the system. Null: there are no links to tell by.</summary>
    public bool? Enabled(params ReadOnlySpan<string> units)
    {
        if (!_known) return null;
        foreach (var unit in units)
        {
            if (_wanted.Contains(unit) && !Masked(unit)) return true;
        }

        return false;
    }

    private bool Masked(string unit) => RootFolder.LinkTarget(_root.Resolve(Systemd) + "/" + unit) == "/dev/null";

    private static bool IsWants(string name) => name.EndsWith(".wants", StringComparison.Ordinal) || name.EndsWith(".requires", StringComparison.Ordinal);
}
