using System.Globalization;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Devices;

/// <summary>Where a device is seen, and where it was seen before: what a mentor needs to tell two copies of one identity apart.</summary>
/// <param name="Here">The newest hello, in words.</param>
/// <param name="Elsewhere">The newest hello of another place, in words. Null: none is known.</param>
internal sealed record Copies(string Here, string? Elsewhere)
{
    private const string BothPossibilities = "The identity is in two places, or this machine was set back to an older state of itself (a backup, a snapshot).";

    /// <summary>Nothing is known of either.</summary>
    public static Copies Unknown { get; } = new("this machine", null);

    private string Other => Elsewhere ?? $"another copy that also says to be {Here}";

    /// <summary>Finds them in a device's hellos.</summary>
    /// <param name="sightings">The newest first.</param>
    public static Copies Of(IReadOnlyList<Sighting> sightings)
    {
        if (sightings.Count == 0) return Unknown;
        var here = sightings[0];
        var elsewhere = sightings.FirstOrDefault(x => Place.Of(x) != Place.Of(here));
        return new Copies(Words(here, sightings), elsewhere is null ? null : Words(elsewhere, sightings));
    }

    /// <summary>A report that is not what the stored chain goes on with.</summary>
    public string Forked(long sequence) => $"{Here} sent a report {sequence} that does not continue what {Other} had sent. {BothPossibilities}";

    /// <summary>A spool that ends with another report than the stored one.</summary>
    public string OtherReport(long sequence) => $"{Here} has another report {sequence} than the one that {Other} sent. {BothPossibilities}";

    /// <summary>Two places that throw each other out.</summary>
    public string InTurn(int hellos, TimeSpan within) => $"{Here} and {Other} took over from each other in turn, {hellos} times within {within.TotalSeconds:0} seconds.";

    /// <summary>A certificate that was superseded, though its successor is in use.</summary>
    public string OldCertificate() => $"{Here} came with a certificate that was superseded, while its successor went on being used by {Other}. {BothPossibilities}";

    private static string Words(Sighting one, IReadOnlyList<Sighting> all)
    {
        var since = all.Where(x => Place.Of(x) == Place.Of(one)).Min(x => x.At);
        var boot = one.BootId is { } id ? $", boot {Convert.ToHexStringLower(id)[..8]}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{one.HostName ?? "a machine without a name"} at {one.Peer} (spool {Convert.ToHexStringLower(one.Epoch.AsSpan(0, Math.Min(4, one.Epoch.Length)))}{boot}, seen since {since:yyyy-MM-dd HH:mm:ss} UTC)");
    }
}

/// <summary>
/// What stays the same for one machine until it is started anew or its spool is: neither a boot nor a spool ever comes back. An address is no
/// part of it, because a laptop roams.
/// </summary>
/// <param name="Boot">Hexadecimal digits; empty: not known.</param>
/// <param name="Spool">Hexadecimal digits of the epoch.</param>
internal readonly record struct Place(string Boot, string Spool)
{
    /// <summary>Where a hello came from.</summary>
    public static Place Of(Sighting sighting) => new(sighting.BootId is { } boot ? Convert.ToHexString(boot) : "", Convert.ToHexString(sighting.Epoch));
}
