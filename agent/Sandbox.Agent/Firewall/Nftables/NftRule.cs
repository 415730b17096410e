using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Firewall.Nftables;

/// <summary>A rule of nf_tables, kept as the kernel sent its expressions and read anew for each packet.</summary>
/// <param name="expressions">The attribute NFTA_RULE_EXPRESSIONS.</param>
/// <param name="sets">Sets of its table that were read, by name.</param>
internal sealed class NftRule(byte[] expressions, IReadOnlyDictionary<string, NftSet> sets) : Rule
{
    private const int Name = 1;
    private const int Data = 2;

    public override Effect On(Probe probe)
    {
        Span<byte> values = stackalloc byte[Registers.Length];
        Span<Known> known = stackalloc Known[Registers.Length];
        var packet = new NftPacket(probe, new Registers(values, known), sets);
        var (matching, why) = (Matching.Yes, (string?)null);
        var list = new NetlinkAttributes(expressions);
        while (list.Next())
        {
            var effect = packet.Meets(NetlinkAttributes.Text(list.Value, Name), NetlinkAttributes.Find(list.Value, Data));
            if (effect.Matching == Matching.No) return effect;
            if (effect.Matching < matching) matching = effect.Matching;
            why ??= effect.Why;
            if (effect.Act != Act.Continue) return effect with { Matching = matching, Why = why };
        }
        return new Effect(matching, Act.Continue, Why: why);
    }

    /// <summary>Names of the sets that decide by what they hold: maps of verdicts, and sets that were written into the rule.</summary>
    public IEnumerable<string> Sets()
    {
        var found = new List<string>();
        var list = new NetlinkAttributes(expressions);
        while (list.Next())
        {
            if (NetlinkAttributes.Text(list.Value, Name) != "lookup") continue;
            var lookup = NetlinkAttributes.Find(list.Value, Data);
            var name = NetlinkAttributes.Text(lookup, NftSet.LookupName);
            if (NftSet.IsNamedBySystem(name) || NftSet.IsOfVerdicts(lookup)) found.Add(name);
        }
        return found;
    }
}
