using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using static Sandbox.Protocol.FirewallChain.Types;

namespace Sandbox.Agent.Firewall;

/// <summary>The chains that netfilter calls by itself, in the order in which packets meet them.</summary>
internal sealed class BaseChains
{
    private const int Most = 256;
    private readonly List<Chain> _chains;

    public BaseChains(IEnumerable<Table> tables)
    {
        _chains = [.. tables.SelectMany(table => table.Chains.Values).Where(chain => chain.Hook is not null)
            .OrderBy(chain => chain.Hook).ThenBy(chain => chain.Priority ?? 0).ThenBy(chain => chain.Table.Family)
            .ThenBy(chain => chain.Table.Name, StringComparer.Ordinal).ThenBy(chain => chain.Name, StringComparer.Ordinal).ThenBy(chain => chain.Table.Engine)];
    }

    /// <summary>Those of tables that are switched on.</summary>
    public IReadOnlyList<Chain> InForce => [.. _chains.Where(chain => !chain.Table.Dormant)];

    /// <summary>Adds a row for each, and notes what is not understood.</summary>
    public void Describe(Protocol.Firewall firewall, UnseenNotes unseen)
    {
        foreach (var chain in _chains.Take(Most)) firewall.Chains.Add(Row(chain, unseen));
        if (_chains.Count > Most) unseen.Add(new Unseen { What = "netfilter", Why = $"{_chains.Count - Most} more base chains are not listed; they are judged all the same" });
    }

    private static FirewallChain Row(Chain chain, UnseenNotes unseen)
    {
        var (table, hook) = (chain.Table, chain.Hook!.Value);
        var row = new FirewallChain
        {
            Engine = table.Engine, Family = Families.Name(table.Family), Table = table.Name, Name = chain.Name, Hook = Families.HookName(table.Family, hook),
            Type = chain.Type, Rules = (uint)chain.Rules.Count, Dormant = table.Dormant,
        };
        if (chain.Priority is { } priority) row.Priority = priority;
        if (chain.Accepts is { } accepts) row.Policy = accepts ? FirewallDefault.Allow : FirewallDefault.Deny;
        if (table.Dormant) return row;
        if (Judgement.Of(chain, out var unclear) is { } said) row.Default = said;
        else if (unclear is not null) unseen.Add(new Unseen { What = Name(row), Why = $"{unclear}, so what it lets through cannot be told" });
        return row;
    }

    private static string Name(FirewallChain row) =>
        $"{(row.Engine == Engine.Legacy ? "iptables-legacy" : "nf_tables")} {row.Family} {row.Table} {row.Name}";
}
