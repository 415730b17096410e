using Sandbox.Protocol;

namespace Sandbox.Agent.Neighbours.Lldp;

/// <summary>Who announced itself on which interface, for as long as that is true.</summary>
internal sealed class HeardAnnouncements(TimeProvider time)
{
    /// <summary>On one interface: a switch, a telephone, machines behind a switch that passes announcements on. Whoever makes up names fills no more, and those of one link alone.</summary>
    public const int MostOfOne = 20;

    /// <summary>On all of them.</summary>
    public const int Most = 200;

    // Senders name 120 s; 18 hours could be said.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private bool _leftOut;
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
            if (!isKnown && (_heard.Count >= Most || _heard.Keys.Count(one => one.Interface == interfaceIndex) >= MostOfOne))
            {
                _leftOut = true;
                return false;
            }
            _heard[key] = (said.Neighbour, time.GetTimestamp(), said.Lasts < Longest ? said.Lasts : Longest);
            return !isKnown || !known.Neighbour.Equals(said.Neighbour);
        }
    }

    /// <summary>Who is there now, sorted by interface, chassis and port.</summary>
    /// <param name="nameOf">Names of interfaces.</param>
    /// <param name="hasLink">Whether somebody can be at the other end of an interface: of one that lost its link nobody is there any more, whatever was announced.</param>
    /// <param name="leftOut">There were too many since this was asked last.</param>
    public List<LldpNeighbour> Now(Func<int, string> nameOf, Func<int, bool> hasLink, out bool leftOut)
    {
        lock (_lock)
        {
            Forget();
            foreach (var gone in _heard.Keys.Select(key => key.Interface).Distinct().Where(one => !hasLink(one)).ToList())
                foreach (var key in _heard.Keys.Where(key => key.Interface == gone)) _heard.Remove(key);
            (leftOut, _leftOut) = (_leftOut, false);
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
