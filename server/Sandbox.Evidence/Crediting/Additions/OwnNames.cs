using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting.Additions;

/// <summary>By which names and addresses a machine is reached, as it says itself.</summary>
internal static class OwnNames
{
    /// <summary>Whether a host is this machine. False as well where it is not known.</summary>
    /// <param name="host">A name, with or without its domain, or an address.</param>
    /// <param name="facts">What the machine says.</param>
    public static bool Has(string host, DeviceFacts facts) => IsName(host, facts) || Addresses(facts).Contains(host);

    /// <summary>Whether a host has the machine's name.</summary>
    public static bool IsName(string host, DeviceFacts facts) =>
        facts[Fact.KindOneofCase.OperatingSystem]?.Fact.OperatingSystem is { HasHostName: true, HostName: var name } && host.Split('.')[0].Equals(name.Split('.')[0], StringComparison.OrdinalIgnoreCase);

    /// <summary>Addresses of its interfaces.</summary>
    public static IEnumerable<string> Addresses(DeviceFacts facts) =>
        facts[Fact.KindOneofCase.NetworkInterfaces]?.Fact.NetworkInterfaces.Interfaces.SelectMany(one => one.Addresses).Select(one => one.Split('/')[0]) ?? [];
}
