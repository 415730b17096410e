using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using State = Sandbox.Protocol.ServiceUnit.Types.State;

namespace Sandbox.Agent.Services;

/// <summary>What files and links say of one unit.</summary>
internal sealed class UnitEntry(string name)
{
    private bool _masked;
    private bool _maskedByPackage;
    private UnitText _text;

    /// <summary>Below the root folder. Null: no file found yet.</summary>
    public string? Path { get; private set; }

    /// <summary>Units whose link pulls it in.</summary>
    public SortedSet<string> WantedBy { get; } = new(StringComparer.Ordinal);

    /// <summary>Its other names.</summary>
    public SortedSet<string> Aliases { get; } = new(StringComparer.Ordinal);

    /// <summary>A file that counts says this. An empty one masks the unit.</summary>
    public void Take(string path, string text, string folder)
    {
        if (text.AsSpan().Trim().IsEmpty) Mask(path, byPackage: folder.Contains("lib/", StringComparison.Ordinal));
        else (Path, _text) = (path, UnitText.Parse(text));
    }

    /// <summary>It cannot be started, unless a file that counts more was seen before.</summary>
    public void Mask(string path, bool byPackage)
    {
        if (Path is not null) return;
        (Path, _masked, _maskedByPackage) = (path, true, byPackage);
    }

    /// <summary>An instance (<c>getty@tty1.service</c>) has its template's file, and makes the template an enabled one.</summary>
    public void TakeFrom(Dictionary<string, UnitEntry> units)
    {
        var at = name.IndexOf('@');
        if (at < 0 || !units.TryGetValue(name[..(at + 1)] + name[name.LastIndexOf('.')..], out var template)) return;
        (Path, _text, _masked, _maskedByPackage) = (template.Path, template._text, template._masked, template._maskedByPackage);
        template.WantedBy.UnionWith(WantedBy);
    }

    /// <summary>The unit in the vocabulary's words. Null: nobody needs to know of it.</summary>
    /// <param name="running">Names of the units with processes; null: not known.</param>
    public ServiceUnit? Describe(IReadOnlySet<string>? running)
    {
        var unit = new ServiceUnit { Name = name, State = StateOfIt() };
        if (running is not null && !_text.Oneshot && name.EndsWith(".service", StringComparison.Ordinal) && !name.Contains("@.", StringComparison.Ordinal))
            unit.Running = running.Contains(name) || Aliases.Overlaps(running);
        if (_maskedByPackage || (unit is { State: State.Static, Running: false })) return null;
        if (Path is not null) unit.Path = RootFolder.Shown(Path);
        unit.WantedBy.AddRange(WantedBy);
        unit.Aliases.AddRange(Aliases);
        return unit;
    }

    private State StateOfIt()
    {
        if (_masked) return State.Masked;
        if (WantedBy.Count + Aliases.Count > 0) return State.Enabled;
        return _text.Installable ? State.Disabled : State.Static;
    }
}
