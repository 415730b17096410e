using Sandbox.Protocol;

namespace Sandbox.Agent.Firewall.FrontEnds;

/// <summary>What front ends call their defaults.</summary>
internal static class PolicyWords
{
    /// <summary>Null: no word of theirs.</summary>
    public static FirewallDefault? Of(string? word) => word?.ToUpperInvariant() switch
    {
        "ACCEPT" => FirewallDefault.Allow,
        "DROP" or "REJECT" or "%%REJECT%%" => FirewallDefault.Deny,
        _ => null,
    };
}
