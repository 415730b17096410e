using System.Net;

namespace Sandbox.Server.Dashboard.Words;

/// <summary>Addresses for people: an IPv4 address is written as one, also where it came in over an IPv6 socket.</summary>
internal static class Peers
{
    public static string Of(string peer) =>
        IPAddress.TryParse(peer, out var address) && address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString() : peer;

    /// <summary>The same for addresses within a sentence.</summary>
    public static string Within(string text) => text.Replace("::ffff:", "", StringComparison.OrdinalIgnoreCase);
}
