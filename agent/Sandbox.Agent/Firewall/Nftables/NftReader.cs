using System.Runtime.InteropServices;
using Sandbox.Agent.Collecting;
using static Sandbox.Protocol.FirewallChain.Types;

namespace Sandbox.Agent.Firewall.Nftables;

/// <summary>Reads the whole ruleset of nf_tables: tables, chains, rules, and the sets that decide by what they hold.</summary>
internal sealed class NftReader(IKernelRules kernel, CancellationToken ct)
{
    private const int MostTries = 5;
    private const int MostRules = 50_000;
    private const int MostSets = 256;
    private readonly Dictionary<(byte Family, string Name), Table> _tables = [];
    private readonly Dictionary<Table, Dictionary<string, NftSet>> _sets = [];
    private int _rules;
    private bool _interrupted;

    /// <summary>All tables. They are listed again when the rules change meanwhile, so that the answer is one state of them.</summary>
    /// <exception cref="IOException">The kernel refuses, or the rules change all the time, or they are too many.</exception>
    public IReadOnlyCollection<Table> Read()
    {
        for (var i = 0; i < MostTries; i++)
        {
            var before = Generation();
            ReadOnce();
            if (!_interrupted && Generation() == before) return _tables.Values;
        }
        throw new IOException($"the rules changed during each of {MostTries} readings");
    }

    private void ReadOnce()
    {
        _tables.Clear();
        _sets.Clear();
        (_rules, _interrupted) = (0, false);
        All(NftRequest.OfAll(NftRequest.Tables), AddTable);
        All(NftRequest.OfAll(NftRequest.Chains), AddChain);
        All(NftRequest.OfAll(NftRequest.Rules), AddRule);
        foreach (var table in _tables.Values) ReadSets(table);
    }

    private uint Generation()
    {
        foreach (var datagram in kernel.Ask(NftRequest.OfGeneration()))
        {
            var messages = new NetlinkMessages(datagram.Span);
            while (messages.Next())
            {
                if (messages.Type == NetlinkMessages.Error) throw new KernelRefusal(messages.Errno);
                return NetlinkAttributes.Number(Attributed(messages.Body), 1) ?? 0;
            }
        }
        return 0;
    }

    private void All(byte[] request, Action<byte, ReadOnlyMemory<byte>> add)
    {
        foreach (var datagram in kernel.Ask(request))
        {
            ct.ThrowIfCancellationRequested();
            var messages = new NetlinkMessages(datagram.Span);
            while (messages.Next())
            {
                if ((messages.Flags & NetlinkMessages.Interrupted) != 0) _interrupted = true;
                if (messages.Type == NetlinkMessages.Done) return;
                if (messages.Type == NetlinkMessages.Error) throw new KernelRefusal(messages.Errno);
                if (messages.Body.Length > 4) add(messages.Body[0], Attributed(messages.Body).ToArray());
            }
        }
    }

    // struct nfgenmsg comes before the attributes.
    private static ReadOnlySpan<byte> Attributed(ReadOnlySpan<byte> body) => body.Length > 4 ? body[4..] : default;

    private void AddTable(byte family, ReadOnlyMemory<byte> table)
    {
        const uint Dormant = 1;
        var name = NetlinkAttributes.Text(table.Span, 1);
        _tables[(family, name)] = new Table(Engine.NfTables, family, name, ((NetlinkAttributes.Number(table.Span, 2) ?? 0) & Dormant) != 0);
    }

    private void AddChain(byte family, ReadOnlyMemory<byte> chain)
    {
        if (!_tables.TryGetValue((family, NetlinkAttributes.Text(chain.Span, 1)), out var table)) return;
        var name = NetlinkAttributes.Text(chain.Span, 3);
        var hook = NetlinkAttributes.Find(chain.Span, 4);
        table.Chains[name] = new Chain(table, name)
        {
            Hook = NetlinkAttributes.Number(hook, 1),
            Priority = (int?)NetlinkAttributes.Number(hook, 2),
            Type = NetlinkAttributes.Text(chain.Span, 7),
            Accepts = NetlinkAttributes.Number(chain.Span, 5) switch { 0 => false, 1 => true, _ => null },
        };
    }

    private void AddRule(byte family, ReadOnlyMemory<byte> rule)
    {
        if (!_tables.TryGetValue((family, NetlinkAttributes.Text(rule.Span, 1)), out var table)) return;
        if (!table.Chains.TryGetValue(NetlinkAttributes.Text(rule.Span, 2), out var chain)) return;
        if (++_rules > MostRules) throw new IOException($"more than {MostRules} rules");
        chain.Rules.Add(new NftRule(NetlinkAttributes.Find(rule.Span, 4).ToArray(), SetsOf(table)));
    }

    private Dictionary<string, NftSet> SetsOf(Table table)
    {
        ref var sets = ref CollectionsMarshal.GetValueRefOrAddDefault(_sets, table, out _);
        return sets ??= new(StringComparer.Ordinal);
    }

    private void ReadSets(Table table)
    {
        var sets = SetsOf(table);
        var names = table.Chains.Values.SelectMany(chain => chain.Rules).OfType<NftRule>().SelectMany(rule => rule.Sets());
        foreach (var name in names.Distinct().Order(StringComparer.Ordinal).Take(MostSets).ToList())
        {
            try
            {
                var set = new NftSet();
                All(NftRequest.OfElements(table.Family, table.Name, name), (_, message) => set.Add(message.Span));
                sets[name] = set;
            }
            catch (KernelRefusal refusal) when (refusal.MeansGone)
            {
                // Its rule is gone, too: the generation is another one now, or the rule is one of verdicts that are not known.
            }
        }
    }
}
