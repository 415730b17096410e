using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Settings;

namespace Sandbox.Agent.Printing;

/// <summary>Where CUPS lies and listens: Listen and Port of cupsd.conf(5).</summary>
internal static class CupsPlaces
{
    /// <summary>Below the root folder.</summary>
    public const string Settings = "etc/cups/cupsd.conf";

    private const string UsualSocket = "/run/cups/cups.sock";
    private const int Most = 10;

    /// <summary>Its program or its settings are there.</summary>
    public static bool IsInstalled(RootFolder root) => root.Has("usr/sbin/cupsd") || root.Has(Settings);

    /// <summary>Its own sockets first. Below a root folder a path is a path below it, and the network is only this system's.</summary>
    public static IReadOnlyList<(EndPoint Place, string Words)> All(RootFolder root, UnseenNotes unseen)
    {
        var said = Listens(root, unseen).Distinct(StringComparer.Ordinal).Take(Most).ToList();
        var places = new List<(EndPoint, string)>();
        foreach (var path in said.Where(text => text.StartsWith('/')).Append(UsualSocket).Distinct(StringComparer.Ordinal).Where(root.Has))
            if (Local(root, path, unseen) is { } socket) places.Add((socket, path));
        if (!root.IsThisSystem) return places;
        foreach (var address in said.Select(Network).OfType<IPEndPoint>().Distinct()) places.Add((address, address.ToString()));
        return places;
    }

    private static IEnumerable<string> Listens(RootFolder root, UnseenNotes unseen)
    {
        if (!root.Has(Settings)) return [];
        if (root.TryRead(Settings, out var text, out var fault))
            return KeyValueText.Parse(text, Settings).Where(one => one.Name.Equals("Listen", StringComparison.OrdinalIgnoreCase) || one.Name.Equals("Port", StringComparison.OrdinalIgnoreCase)).Select(one => one.Value);
        unseen.Add(fault);
        return [];
    }

    private static UnixDomainSocketEndPoint? Local(RootFolder root, string path, UnseenNotes unseen)
    {
        try
        {
            return new UnixDomainSocketEndPoint(root.Resolve(path));
        }
        catch (ArgumentException)
        {
            unseen.Add(Why.Of(path, "longer than the path of a socket may be"));
            return null;
        }
    }

    /// <summary><c>localhost:631</c>, <c>*:631</c>, <c>[::1]:631</c>, <c>631</c>; what listens everywhere is asked on this machine's own address. Null: a name, or no address.</summary>
    internal static IPEndPoint? Network(string text)
    {
        var colon = text.LastIndexOf(':');
        if (!int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is 0 or > ushort.MaxValue) return null;
        var host = colon < 0 ? "" : text[..colon];
        if (host is "" or "*" or "localhost" or "0.0.0.0") return new IPEndPoint(IPAddress.Loopback, port);
        if (host is "[::]") return new IPEndPoint(IPAddress.IPv6Loopback, port);
        return IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port) : null;
    }
}
