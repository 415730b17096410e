using Sandbox.Protocol;

namespace Sandbox.Agent.Firewall;

/// <summary>What the rules in force mean for a connection that none of them names.</summary>
/// <param name="chains">Base chains of tables that are switched on, in the order in which packets meet them.</param>
/// <param name="complete">Nothing else filters, as far as it could be seen.</param>
internal sealed class Judgement(IReadOnlyList<Chain> chains, bool complete)
{
    private static readonly byte[] Protocols = [Probe.Tcp, Probe.Udp];

    /// <summary>What comes in over the family, and through the interface (null: one that no rule names). Null: it cannot be told.</summary>
    public FirewallDefault? Input(bool ipv6, NetworkDevice? through = null) =>
        All(Protocols.Select(protocol => ComesIn(ipv6, protocol, through)));

    /// <summary>What one chain lets through. Null: it cannot be told, or it stands where nothing is judged.</summary>
    /// <param name="chain">A base chain.</param>
    /// <param name="unclear">What is not understood in it; null: nothing, or it does not matter.</param>
    public static FirewallDefault? Of(Chain chain, out string? unclear)
    {
        var (passes, why) = (new List<bool?>(), (string?)null);
        foreach (var ipv6 in (ReadOnlySpan<bool>)[false, true])
        {
            if (chain.Hook > (uint)Hook.Output || !Families.Meets(chain.Table.Family, ipv6)) continue;
            foreach (var protocol in Protocols)
            {
                var walk = new ChainWalk(new Probe(ipv6, protocol, (Hook)chain.Hook!));
                passes.Add(walk.Passes(chain));
                if (passes[^1] is null) why ??= walk.Unclear ?? "its policy is not known";
            }
        }
        var all = passes.Count == 0 ? null : All(passes);
        unclear = all is null ? why : null;
        return all;
    }

    // One protocol that gets in is enough; that none does must be known of each.
    private static FirewallDefault? All(IEnumerable<bool?> passes)
    {
        var seen = passes.ToList();
        if (seen.Contains(true)) return FirewallDefault.Allow;
        return seen.Contains(null) ? null : FirewallDefault.Deny;
    }

    private bool? ComesIn(bool ipv6, byte protocol, NetworkDevice? through)
    {
        var (known, marked) = (complete, false);
        foreach (var chain in chains)
        {
            var hook = (Hook)chain.Hook!;
            if (hook is not (Hook.Prerouting or Hook.Input) || !Families.Meets(chain.Table.Family, ipv6)) continue;
            var probe = new Probe(ipv6, protocol, hook, through) { Marked = marked };
            switch (new ChainWalk(probe).Passes(chain))
            {
                case false: return false;
                case null: known = false; break;
            }
            marked = probe.Marked;
        }
        return known ? true : null;
    }
}
