using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Sandbox.Server.Enrolment;

/// <summary>
/// Counts wrong codes per address (an IPv6 neighbour is its /64), per network (IPv4 /24, IPv6 /48) and per code. Only failures count, and so many may fail that a class
/// of thirty behind one address, each mistaken once or twice, is never locked out: the tokens are far too long to guess, this keeps the noise down.
/// </summary>
internal sealed class WrongCodes(TimeProvider time)
{
    /// <summary>Failures that one address may make within <see cref="Window"/>.</summary>
    internal const int Most = 90;

    /// <summary>Failures that a network may make: several addresses of it, each below its own limit.</summary>
    internal const int MostOfNetwork = 4 * Most;

    /// <summary>Failures that may come with one code, from wherever: a script that does not read its answers.</summary>
    internal const int MostOfCode = 30;

    /// <summary>How long a failure counts.</summary>
    internal static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly FailureBook<IPAddress> _addresses = new(Most, Window, time);
    private readonly FailureBook<IPAddress> _networks = new(MostOfNetwork, Window, time);
    private readonly FailureBook<string> _codes = new(MostOfCode, Window, time);

    /// <summary>Notes a failure.</summary>
    /// <param name="from">Where it came from.</param>
    /// <param name="token">The code's secret; empty: there was none.</param>
    public void Failed(IPAddress? from, ReadOnlySpan<byte> token = default)
    {
        _addresses.Failed(Key(from));
        if (Network(from) is { } network) _networks.Failed(network);
        if (!token.IsEmpty) _codes.Failed(Name(token));
    }

    /// <summary>How long an address must wait. Null: it need not.</summary>
    public TimeSpan? Wait(IPAddress? from) => _addresses.Wait(Key(from)) ?? (Network(from) is { } network ? _networks.Wait(network) : null);

    /// <summary>How long a code must wait. Null: it need not.</summary>
    public TimeSpan? Wait(ReadOnlySpan<byte> token) => _codes.Wait(Name(token));

    // Not the secret itself: what is kept in memory opens nothing.
    private static string Name(ReadOnlySpan<byte> token) => Convert.ToHexString(SHA256.HashData(token).AsSpan(0, 8));

    // A /48 is what a site gets, so one sender may have 65,536 /64s. Null: the address is not known.
    private static IPAddress? Network(IPAddress? address) => address is null ? null : Prefix(Key(address), v4: 3, v6: 6);

    private static IPAddress Key(IPAddress? address)
    {
        if (address is null) return IPAddress.None;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : Prefix(address, v4: 4, v6: 8);
    }

    private static IPAddress Prefix(IPAddress address, int v4, int v6)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(address.AddressFamily == AddressFamily.InterNetworkV6 ? v6 : v4).Clear();
        return new IPAddress(bytes);
    }
}
