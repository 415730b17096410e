namespace Sandbox.Agent.Collecting;

/// <summary>Whom a watched folder or file concerns: one bit per lane, by name of the entry.</summary>
internal sealed class Watched
{
    private readonly List<(byte[] Name, ulong Lanes)> _names = [];
    private ulong _any;

    /// <summary>Whatever happens in it, or to it.</summary>
    public void Any(ulong lane) => _any |= lane;

    /// <summary>What happens to the entry of this name in UTF-8.</summary>
    public void Named(byte[] name, ulong lane)
    {
        for (var i = 0; i < _names.Count; i++)
        {
            if (!_names[i].Name.AsSpan().SequenceEqual(name)) continue;
            _names[i] = (name, _names[i].Lanes | lane);
            return;
        }
        _names.Add((name, lane));
    }

    /// <summary>
    /// Whom an event concerns. An empty name: it befell the watched thing itself. <paramref name="path"/>: it befell a step of a path.
    /// </summary>
    public ulong Lanes(ReadOnlySpan<byte> name, out bool path)
    {
        path = name.IsEmpty;
        var lanes = _any;
        foreach (var (known, concerned) in _names)
        {
            if (!name.IsEmpty && !known.AsSpan().SequenceEqual(name)) continue;
            lanes |= concerned;
            path = true;
        }
        return lanes;
    }
}
