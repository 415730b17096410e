using System.Globalization;
using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>The verdict in words, then who is meant to set the firewall up, then the chains it rests on.</summary>
internal static class FirewallTables
{
    private static readonly string[] FrontEndColumns = ["Front end", "In force", "Configured for IPv4", "Configured for IPv6", "Switch", "Starts at boot", "Installed", "Zone"];
    private static readonly string[] ChainColumns = ["Chain", "Hook", "What no rule names", "Policy at its end", "Rules", "Priority", "Kind", "Engine"];

    public static IReadOnlyList<FactGroup> Values(Firewall firewall) =>
    [
        new FactGroup(null,
        [
            new FactValue("firewall.ipv4_input", "Connections from outside, IPv4", firewall.HasIpv4Input ? Verdict(firewall.Ipv4Input) : null, "cannot be told"),
            new FactValue("firewall.ipv6_input", "Connections from outside, IPv6", firewall.HasIpv6Input ? Verdict(firewall.Ipv6Input) : null, "cannot be told"),
            new FactValue("firewall.open_interfaces", "Interfaces that let everything in all the same", firewall.OpenInterfaces.Count > 0 ? string.Join(", ", firewall.OpenInterfaces) : null, "none seen"),
        ]),
    ];

    public static IReadOnlyList<FactTable> Of(Firewall firewall) =>
    [
        new FactTable("Who sets it up", FrontEndColumns, [.. firewall.FrontEnds.Select(Row)]),
        new FactTable("Chains in the kernel", ChainColumns, [.. firewall.Chains.Select(Row)], Folded: true),
    ];

    private static FactTableRow Row(FirewallFrontEnd one) => new($"firewall.front_ends[{one.Name}]",
    [
        one.Name, one.HasInForce ? one.InForce ? "yes" : InForceNot(one) : null, one.HasConfiguredIpv4Input ? Default(one.ConfiguredIpv4Input) : null,
        one.HasConfiguredIpv6Input ? Default(one.ConfiguredIpv6Input) : null, one.HasEnabled ? one.Enabled ? "on" : "off" : "it has none or does not say",
        YesNo(one.StartsAtBoot), YesNo(one.Installed), one.HasZone ? one.Zone : "none",
    ]);

    private static FactTableRow Row(FirewallChain one, int index) => new($"firewall.chains[{index}]",
    [
        $"{one.Family} {one.Table} {one.Name}", one.Hook, one.Dormant ? "switched off (dormant)" : one.HasDefault ? Default(one.Default) : null,
        one.HasPolicy ? Default(one.Policy) : null, one.Rules.ToString(CultureInfo.InvariantCulture),
        one.HasPriority ? one.Priority.ToString(CultureInfo.InvariantCulture) : "fixed", one.Type.Length > 0 ? one.Type : one.Table,
        one.Engine == FirewallChain.Types.Engine.Legacy ? "iptables-legacy" : "nf_tables",
    ]);

    private static string InForceNot(FirewallFrontEnd one) =>
        one.StartsAtBoot || (one.HasEnabled && one.Enabled) ? "no: configured, but its rules are not in the kernel" : "no";

    private static string? Verdict(FirewallDefault said) => said switch
    {
        FirewallDefault.Allow => "let in unless a rule says no: no firewall",
        FirewallDefault.Deny => "refused unless a rule lets them in",
        _ => null,
    };

    private static string? Default(FirewallDefault said) => said switch
    {
        FirewallDefault.Allow => "let through",
        FirewallDefault.Deny => "refused",
        _ => null,
    };

    private static string YesNo(bool said) => said ? "yes" : "no";
}
