using Sandbox.Storage.Devices;

namespace Sandbox.Server.Dashboard.OneDevice;

/// <summary>One of the places from which a device was heard: one machine, until it is started anew or its spool is.</summary>
/// <param name="Host">What the machine calls itself. Null: it did not say.</param>
/// <param name="Peer">The address of its newest hello.</param>
/// <param name="Boot">First hexadecimal digits of its boot's id. Null: it did not say.</param>
/// <param name="Spool">First hexadecimal digits of its spool's id.</param>
/// <param name="Since">Its first hello that is kept.</param>
/// <param name="Last">Its newest hello.</param>
public sealed record CopyPlace(string? Host, string Peer, string? Boot, string Spool, DateTimeOffset Since, DateTimeOffset Last)
{
    private const int Digits = 8;

    /// <summary>Tells places apart by boot and spool, the one that was heard last first; an address is no part of it, because a laptop roams.</summary>
    public static IReadOnlyList<CopyPlace> Of(IEnumerable<Sighting> sightings) =>
        [.. sightings.GroupBy(s => (Boot: Hex(s.BootId), Spool: Hex(s.Epoch)!)).Select(Place).OrderByDescending(place => place.Last)];

    private static CopyPlace Place(IGrouping<(string? Boot, string Spool), Sighting> hellos)
    {
        var newest = hellos.MaxBy(s => s.Id)!;
        return new CopyPlace(newest.HostName, newest.Peer, Short(hellos.Key.Boot), Short(hellos.Key.Spool)!, hellos.Min(s => s.At), newest.At);
    }

    private static string? Hex(byte[]? bytes) => bytes is null ? null : Convert.ToHexStringLower(bytes);

    private static string? Short(string? hex) => hex?[..Math.Min(Digits, hex.Length)];
}
