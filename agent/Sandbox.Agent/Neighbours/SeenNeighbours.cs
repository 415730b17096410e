using System.Net;

namespace Sandbox.Agent.Neighbours;

/// <summary>Remembers entries for a day after the kernel had them last, so that a quiet machine does not come and go.</summary>
internal sealed class SeenNeighbours(TimeProvider time)
{
    /// <summary>How long an entry stays that the kernel no longer has.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    // Far more than are reported, far less than a scan of a whole network could leave.
    private const int Most = 4000;
    private readonly Dictionary<(string, IPAddress), (NeighbourEntry Entry, long At)> _seen = [];

    /// <summary>What is there and what was within a day, sorted by interface, family and address.</summary>
    public List<NeighbourEntry> With(IEnumerable<NeighbourEntry> present)
    {
        var now = time.GetTimestamp();
        foreach (var entry in present)
        {
            var key = (entry.Interface, entry.Address);
            if (_seen.Count < Most || _seen.ContainsKey(key)) _seen[key] = (entry, now);
        }
        foreach (var (key, seen) in _seen)
            if (time.GetElapsedTime(seen.At, now) > Kept) _seen.Remove(key);
        var all = _seen.Values.Select(seen => seen.Entry).ToList();
        all.Sort(ByInterfaceFamilyAndAddress);
        return all;
    }

    private static int ByInterfaceFamilyAndAddress(NeighbourEntry one, NeighbourEntry other)
    {
        var order = string.CompareOrdinal(one.Interface, other.Interface);
        if (order == 0) order = one.Address.AddressFamily.CompareTo(other.Address.AddressFamily);
        return order != 0 ? order : one.Address.GetAddressBytes().AsSpan().SequenceCompareTo(other.Address.GetAddressBytes());
    }
}
