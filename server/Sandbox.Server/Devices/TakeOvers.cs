using Sandbox.Storage.Devices;

namespace Sandbox.Server.Devices;

/// <summary>
/// Counts how often places of one device took over from each other in turn. A place that comes back after another one had taken over is a
/// thing that a single machine does not do, however it roams, reconnects or restarts.
/// </summary>
internal static class TakeOvers
{
    /// <summary>So many hellos in turn of two places are proof.</summary>
    public const int Proof = 6;

    /// <summary>Within this time.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    /// <summary>How many hellos in turn end with the newest one; 0 when no place has come back.</summary>
    /// <param name="sightings">The newest first; hellos that were turned away do not count.</param>
    public static int InTurn(IReadOnlyList<Sighting> sightings)
    {
        var (seen, turns, returns) = (new HashSet<Place>(), 0, 0);
        Place? before = null;
        foreach (var sighting in sightings.Where(x => x.Session > 0 && x.At > sightings[0].At - Within).Reverse())
        {
            var place = Place.Of(sighting);
            if (place == before) continue;
            before = place;
            turns++;
            if (!seen.Add(place)) returns++;
        }

        return returns >= Proof - 2 ? turns : 0;
    }
}
