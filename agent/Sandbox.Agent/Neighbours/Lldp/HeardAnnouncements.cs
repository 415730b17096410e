using Sandbox.Protocol;

namespace Sandbox.Agent.Neighbours.Lldp;

/// <summary>Who announced itself on which interface, for as long as that is true.</summary>
internal sealed class HeardAnnouncements(TimeProvider time)
{
    /// <summary>Far more than there are ports; whoever makes up names by the thousand fills no more.</summary>
    public const int Most = 200;

    private readonly Lock _lock = new();
    private readonly Dictionary<(int Interface, string Chassis, string Port), (LldpNeighbour Neighbour, long Since, TimeSpan Lasts)> _heard = [];

    /// <summary>Takes one. True: who is there, or what one says, is not as it was.</summary>
    public bool Add(int interfaceIndex, Announcement said)
    {
        lock (_lock)
        {
            var key = (interfaceIndex, said.Neighbour.ChassisId, said.Neighbour.PortId);
            if (said.Lasts == TimeSpan.Zero) return _heard.Remove(key);
            Forget();
            var isKnown = _heard.TryGetValue(key, out var known);
            if (!isKnown && _heard.Count >= Most) return false;
            _heard[key] = (said.Neighbour, time.GetTimestamp(), said.Lasts);
            return !isKnown || !known.Neighbour.Equals(said.Neighbour);
        }
    }

    /// <summary>Who is there now, sorted by interface, chassis and port.</summary>
    public List<LldpNeighbour> Now(Func<int, string> nameOf)
    {
        lock (_lock)
        {
            Forget();
            return [.. _heard.Select(one => new LldpNeighbour(one.Value.Neighbour) { Interface = nameOf(one.Key.Interface) })
                .OrderBy(one => one.Interface, StringComparer.Ordinal).ThenBy(one => one.ChassisId, StringComparer.Ordinal).ThenBy(one => one.PortId, StringComparer.Ordinal)];
        }
    }

    private void Forget()
    {
        foreach (var (key, one) in _heard)
            if (time.GetElapsedTime(one.Since) > one.Lasts) _heard.Remove(key);
    }
}
