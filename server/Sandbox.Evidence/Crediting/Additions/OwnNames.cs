using Sandbox.Protocol;
using Medium = Sandbox.Protocol.NetworkInterface.Types.Medium;

namespace Sandbox.Evidence.Crediting.Additions;

/// <summary>By which names and addresses a machine is reached, as it says itself.</summary>
internal static class OwnNames
{
    /// <summary>Whether a host is this machine, by whatever name or address. False as well where it is not known.</summary>
    /// <param name="host">A name, with or without its domain, or an address.</param>
    /// <param name="facts">What the machine says.</param>
    public static bool Has(string host, DeviceFacts facts) => IsName(host, facts) || Addresses(facts).Contains(host);

    /// <summary>Whether others reach this machine as that host: by its name, or by an address that can be nobody else's on the network.</summary>
    public static bool IsReachedAs(string host, DeviceFacts facts) => IsAddress(host) ? Reachable(facts).Contains(host) : IsName(host, facts);

    /// <summary>Whether a host has the machine's name.</summary>
    public static bool IsName(string host, DeviceFacts facts) =>
        !IsAddress(host) && NameOf(facts) is { } name && Label(host).Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Addresses of its interfaces.</summary>
    public static IEnumerable<string> Addresses(DeviceFacts facts) => Of(facts[Fact.KindOneofCase.NetworkInterfaces]?.Fact, _ => true);

    /// <summary>What machines of others say that have the same name or one of its addresses.</summary>
    public static IReadOnlyList<Outlook> Namesakes(DeviceFacts facts) =>
    [
        .. NameOf(facts) is { } name ? [new Outlook(Fact.KindOneofCase.OperatingSystem, name.ToLowerInvariant(), "", fact => fact.OperatingSystem.HasHostName && Label(fact.OperatingSystem.HostName).Equals(name, StringComparison.OrdinalIgnoreCase))] : (Outlook[])[],
        .. Reachable(facts).Distinct().Select(address => new Outlook(Fact.KindOneofCase.NetworkInterfaces, address, "", fact => Of(fact, IsOfTheNetwork).Contains(address))),
    ];

    private static IEnumerable<string> Reachable(DeviceFacts facts) => Of(facts[Fact.KindOneofCase.NetworkInterfaces]?.Fact, IsOfTheNetwork).Where(IsGlobal);

    // Bridges of containers have the same addresses everywhere, and addresses of the link mean something on it alone.
    private static bool IsOfTheNetwork(NetworkInterface one) => one.Medium is not (Medium.Loopback or Medium.Virtual);

    private static IEnumerable<string> Of(Fact? fact, Func<NetworkInterface, bool> which) =>
        fact?.NetworkInterfaces.Interfaces.Where(which).SelectMany(one => one.Addresses).Select(one => one.Split('/')[0]) ?? [];

    private static bool IsGlobal(string address) => !address.StartsWith("fe80:", StringComparison.Ordinal) && !address.StartsWith("169.254.", StringComparison.Ordinal);

    private static string? NameOf(DeviceFacts facts) => facts[Fact.KindOneofCase.OperatingSystem]?.Fact.OperatingSystem is { HasHostName: true, HostName: { Length: > 0 } name } ? Label(name) : null;

    private static bool IsAddress(string host) => Uri.CheckHostName(host) is UriHostNameType.IPv4 or UriHostNameType.IPv6;

    private static string Label(string host) => host.Split('.')[0];
}
