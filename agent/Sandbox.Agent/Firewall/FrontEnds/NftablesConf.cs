using System.Text.RegularExpressions;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Firewall.FrontEnds;

/// <summary>nftables.service: it loads one file of nft(8) at boot. What that includes is not followed.</summary>
internal static partial class NftablesConf
{
    private const string Conf = "etc/nftables.conf";
    private const string RedHatConf = "etc/sysconfig/nftables.conf";

    public static IReadOnlyList<string> Watches { get; } = [Conf, RedHatConf, "usr/sbin/nft"];

    public static FirewallFrontEnd? Read(RootFolder root, EnabledUnits units, LiveRules live, UnseenNotes unseen)
    {
        var installed = FrontEndFiles.HasProgram(root, "nft");
        var path = root.Has(Conf) ? Conf : RedHatConf;
        if (!installed && !root.Has(path)) return null;
        var nftables = new FirewallFrontEnd { Name = "nftables", Installed = installed, StartsAtBoot = units.Has("nftables.service") };
        if (FrontEndFiles.Text(root, path, unseen) is not { } raw) return nftables;
        var text = Comment().Replace(raw, "");
        var tables = TableBlock().Matches(text).ToList();
        if (tables.Count > 0 && FrontEndFiles.InForce(live, tables.TrueForAll(table => IsLive(table, live))) is { } inForce) nftables.InForce = inForce;
        foreach (Match policy in DropPolicy().Matches(text)) Configured(nftables, tables.LastOrDefault(table => table.Index < policy.Index));
        return nftables;
    }

    private static bool IsLive(Match declared, LiveRules live) => live.Tables.Any(table =>
        !table.Dormant && table.Engine == FirewallChain.Types.Engine.NfTables && Families.Name(table.Family) == Family(declared) && table.Name == declared.Groups[2].Value);

    // A policy to accept says nothing: the rules may deny all the same.
    private static void Configured(FirewallFrontEnd nftables, Match? table)
    {
        if (table is null) return;
        if (Family(table) is "ip" or "inet") nftables.ConfiguredIpv4Input = FirewallDefault.Deny;
        if (Family(table) is "ip6" or "inet") nftables.ConfiguredIpv6Input = FirewallDefault.Deny;
    }

    private static string Family(Match table) => table.Groups[1] is { Success: true, Value: var family } ? family : "ip";

    [GeneratedRegex("#[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex("""\btable\s+(?:(ip|ip6|inet|arp|bridge|netdev)\s+)?"?([\w.-]{1,255})"?\s*\{""")]
    private static partial Regex TableBlock();

    [GeneratedRegex(@"\bhook\s+input\b[^{}]{0,200}\bpolicy\s+drop\b")]
    private static partial Regex DropPolicy();
}
