using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Firewall.FrontEnds;

/// <summary>Services that put back at boot what iptables-save(8) wrote.</summary>
internal sealed class SavedIptables
{
    /// <summary>netfilter-persistent(8) with its plugin for iptables.</summary>
    public static readonly SavedIptables Debian = new()
    {
        Name = "netfilter-persistent", Program = "usr/sbin/netfilter-persistent", IPv4 = "etc/iptables/rules.v4", IPv6 = "etc/iptables/rules.v6",
        Services = ["netfilter-persistent.service"],
    };

    /// <summary>iptables-services of Red Hat's family.</summary>
    public static readonly SavedIptables RedHat = new()
    {
        Name = "iptables", Program = "usr/libexec/iptables/iptables.init", IPv4 = "etc/sysconfig/iptables", IPv6 = "etc/sysconfig/ip6tables",
        Services = ["iptables.service", "ip6tables.service"],
    };

    public static IReadOnlyList<string> Watches { get; } = [Debian.Program, Debian.IPv4, Debian.IPv6, RedHat.Program, RedHat.IPv4, RedHat.IPv6];

    public required string Name { get; init; }

    public required string Program { get; init; }

    public required string IPv4 { get; init; }

    public required string IPv6 { get; init; }

    public required IReadOnlyList<string> Services { get; init; }

    public FirewallFrontEnd? Read(RootFolder root, EnabledUnits units, LiveRules live, UnseenNotes unseen)
    {
        var installed = root.Has(Program);
        if (!installed && !root.Has(IPv4) && !root.Has(IPv6)) return null;
        var row = new FirewallFrontEnd { Name = Name, Installed = installed, StartsAtBoot = Services.Any(units.Has) };
        var (ipv4, ipv6) = (Saved(root, IPv4, unseen), Saved(root, IPv6, unseen));
        if (ipv4?.Policy is { } four) row.ConfiguredIpv4Input = four;
        if (ipv6?.Policy is { } six) row.ConfiguredIpv6Input = six;
        var known = new[] { (ipv4, Families.IPv4), (ipv6, Families.IPv6) }.Where(one => one.Item1?.Policy is not null).ToList();
        if (known.Count > 0 && FrontEndFiles.InForce(live, known.TrueForAll(one => IsLive(one.Item1!, one.Item2, live))) is { } inForce) row.InForce = inForce;
        return row;
    }

    private static SavedRules? Saved(RootFolder root, string path, UnseenNotes unseen) =>
        FrontEndFiles.Text(root, path, unseen) is { } text ? SavedRules.Parse(text) : null;

    private static bool IsLive(SavedRules saved, byte family, LiveRules live) => live.Tables.Any(table =>
        table.Name == "filter" && table.Family == family && !table.Dormant && table.Chains.TryGetValue("INPUT", out var input)
        && input.Accepts == (saved.Policy == FirewallDefault.Allow) && (!saved.HasRules || input.Rules.Count > 0));
}

/// <summary>What a file of iptables-save(8) says of the chain INPUT of the table filter.</summary>
/// <param name="Policy">Null: it has no such chain.</param>
/// <param name="HasRules">It appends rules to it.</param>
internal sealed record SavedRules(FirewallDefault? Policy, bool HasRules)
{
    public static SavedRules Parse(string text)
    {
        var (policy, rules, filter) = ((FirewallDefault?)null, false, false);
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim();
            if (line is ['*', .. var table]) filter = table is "filter";
            if (!filter) continue;
            if (line.StartsWith(":INPUT ")) policy = PolicyWords.Of(line[":INPUT ".Length..].ToString().Split(' ')[0]);
            if (line.StartsWith("-A INPUT ")) rules = true;
        }
        return new SavedRules(policy, rules);
    }
}
