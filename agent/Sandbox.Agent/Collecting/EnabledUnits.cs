namespace Sandbox.Agent.Collecting;

/// <summary>
/// What starts with the system, by the links that <c>systemctl enable</c> (systemd.unit(5)) and, where systemd is not there, update-rc.d(8) make. A
/// masked unit does not.
/// </summary>
internal sealed class EnabledUnits
{
    private const string Systemd = "etc/systemd/system";
    private const string Init = "etc/rc2.d";
    private const int MostFolders = 200;
    private readonly HashSet<string> _linked = new(StringComparer.Ordinal);
    private readonly RootFolder _root;
    private readonly bool _known;

    public EnabledUnits(RootFolder root)
    {
        _root = root;
        _known = root.Has(Systemd) || root.Has(Init);
        if (root.Has(Systemd))
        {
            foreach (var folder in root.List(Systemd, out _).Where(Pulls).Take(MostFolders)) _linked.UnionWith(root.List($"{Systemd}/{folder}", out _));
        }
        else if (_known)
        {
            _linked.UnionWith(root.List(Init, out _).Where(name => name.StartsWith('S') && name.Length > 3).Select(name => $"{name[3..]}.service"));
        }
    }

    /// <summary>Folders whose change may enable a unit of these targets, such as <c>multi-user.target</c>.</summary>
    public static IReadOnlyList<string> Watches(params string[] targets) => [Systemd, .. targets.Select(target => $"{Systemd}/{target}.wants")];

    /// <summary>Whether it starts with the system; false also where there are no links to tell by.</summary>
    public bool Has(string unit) => _linked.Contains(unit) && !IsMasked(unit);

    /// <summary>Whether one of them starts with the system. Null: there are no links to tell by.</summary>
    public bool? Any(IEnumerable<string> units) => _known ? units.Any(Has) : null;

    private bool IsMasked(string unit) => RootFolder.LinkTarget(Path.Combine(_root.Resolve(Systemd), unit)) == "/dev/null";

    private static bool Pulls(string name) => name.EndsWith(".wants", StringComparison.Ordinal) || name.EndsWith(".requires", StringComparison.Ordinal);
}
