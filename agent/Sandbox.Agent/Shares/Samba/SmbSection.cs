using Sandbox.Agent.Collecting.Settings;

namespace Sandbox.Agent.Shares.Samba;

/// <summary>A section of smb.conf(5): what is set in it, and for a share also what [global] had set when it began.</summary>
/// <param name="name">As written.</param>
/// <param name="path">File of its beginning.</param>
/// <param name="line">Line of its beginning.</param>
internal sealed class SmbSection(string name, string path, uint line)
{
    private const int MostDefinitions = 20;
    private readonly Dictionary<SmbName, List<(Setting Written, string Value)>> _set = [];
    private readonly HashSet<SmbName> _own = [];

    public string Name => name;

    public string Path => path;

    public uint Line => line;

    /// <summary>Takes what [global] sets for all shares: those that come later have it.</summary>
    public void Inherit(SmbSection global)
    {
        foreach (var (known, all) in global._set.Where(one => one.Key.IsOfShare)) _set[known] = [.. all];
    }

    /// <summary><c>copy = other</c>: takes what that one says and this one has not said itself.</summary>
    public void Copy(SmbSection other)
    {
        foreach (var (known, all) in other._set.Where(one => one.Key.IsOfShare && !_own.Contains(one.Key))) _set[known] = [.. all];
    }

    /// <summary>Takes a line. Samba leaves out a word that is neither yes nor no where one of them belongs.</summary>
    public void Set(SmbName known, bool opposite, Setting written)
    {
        var value = written.Value;
        if (known.IsTruth)
        {
            if (SmbName.Truth(value) is not { } truth) return;
            value = truth != opposite ? "Yes" : "No";
        }
        if (!_set.TryGetValue(known, out var all)) _set[known] = all = [];
        if (all.Count == MostDefinitions) all.RemoveAt(0);
        all.Add((written, value));
        _own.Add(known);
    }

    /// <summary>The value in force, or the default. Null: neither.</summary>
    public string? Value(SmbName known) => _set.TryGetValue(known, out var all) ? all[^1].Value : known.Default;

    /// <summary>Every place that sets it, in the order of reading.</summary>
    public IEnumerable<Setting> Definitions(SmbName known) => _set.TryGetValue(known, out var all) ? all.Select(one => one.Written) : [];
}
