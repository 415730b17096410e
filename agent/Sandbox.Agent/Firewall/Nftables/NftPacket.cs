using Sandbox.Agent.Collecting;
using Sandbox.Agent.Firewall.Xtables;

namespace Sandbox.Agent.Firewall.Nftables;

/// <summary>A packet on its way through the expressions of one rule: linux/netfilter/nf_tables.h, one case for each expression.</summary>
internal readonly ref struct NftPacket(Probe probe, Registers registers, IReadOnlyDictionary<string, NftSet> sets)
{
    private readonly Probe _probe = probe;
    private readonly Registers _registers = registers;
    private readonly IReadOnlyDictionary<string, NftSet> _sets = sets;

    /// <summary>Asks one expression.</summary>
    public Effect Meets(string name, ReadOnlySpan<byte> data) => name switch
    {
        "meta" => Meta(data),
        "ct" => Conntrack(data),
        "payload" or "exthdr" or "fib" => Read(name, data),
        "cmp" or "range" or "bitwise" or "byteorder" or "lookup" => Compute(name, data),
        "immediate" => Immediate(data),
        "counter" or "log" or "notrack" or "last" or "dup" or "flow_offload" or "tproxy" => Goes,
        "limit" or "quota" or "connlimit" or "dynset" => new Effect(Matching.Sometimes, Act.Continue),
        "objref" => new Effect(NetlinkAttributes.Number(data, 1) is 2 or 4 or 5 ? Matching.Sometimes : Matching.Yes, Act.Continue),
        "reject" => new Effect(Matching.Yes, Act.Deny),
        "nat" or "masq" or "redir" => new Effect(Matching.Yes, Act.Accept),
        "queue" or "synproxy" or "fwd" => new Effect(Matching.Yes, Act.Unclear, Why: name),
        "numgen" => Load(Varying(Register(data))),
        "match" => XtMatch.Meets(NetlinkAttributes.Text(data, 1), NetlinkAttributes.Number(data, 2) ?? 0, NetlinkAttributes.Find(data, 3), _probe),
        "target" => XtTarget.Does(NetlinkAttributes.Text(data, 1), _probe),
        _ => new Effect(Matching.Unknown, Act.Continue, Why: $"expression {name}"),
    };

    private static Effect Goes => new(Matching.Yes, Act.Continue);

    private static uint Register(ReadOnlySpan<byte> data, int type = 1) => NetlinkAttributes.Number(data, type) ?? 0;

    private static Effect Load(bool there) => new(there ? Matching.Yes : Matching.No, Act.Continue);

    private Effect Meta(ReadOnlySpan<byte> data)
    {
        const uint Mark = 3;
        var key = Register(data, 2);
        if (NetlinkAttributes.Number(data, 1) is { } register) return Load(new Loads(_probe, _registers).Meta(register, key));
        if (key == Mark) _probe.Marked = true;
        return Goes;
    }

    private Effect Conntrack(ReadOnlySpan<byte> data) => NetlinkAttributes.Number(data, 1) is { } register
        ? Load(new Loads(_probe, _registers).Conntrack(register, Register(data, 2)))
        : Goes;

    private Effect Read(string name, ReadOnlySpan<byte> data)
    {
        // Without a destination the expression writes into the packet.
        if (NetlinkAttributes.Number(data, 1) is not { } register) return Goes;
        var loads = new Loads(_probe, _registers);
        return Load(name switch
        {
            "payload" => loads.Payload(register, Register(data, 2), Register(data, 3), Register(data, 4)),
            "fib" => loads.Fib(register, Register(data, 2), Register(data, 3)),
            _ => loads.Extension(register, (Register(data, 5) & 1) != 0),
        });
    }

    private Effect Compute(string name, ReadOnlySpan<byte> data) => name switch
    {
        "cmp" => Compared(Comparison.Of(_registers, Register(data), Register(data, 2), NftData.Value(NetlinkAttributes.Find(data, 3)))),
        "range" => Compared(Range(data)),
        "bitwise" => Bits.Masked(_registers, data) ? Goes : new Effect(Matching.Unknown, Act.Continue, Why: "bitwise"),
        "byteorder" => Load(Bits.Swapped(_registers, data)),
        _ => Lookup(data),
    };

    private Matching Range(ReadOnlySpan<byte> data)
    {
        var inside = Comparison.Between(_registers, Register(data), NftData.Value(NetlinkAttributes.Find(data, 3)), NftData.Value(NetlinkAttributes.Find(data, 4)));
        return Register(data, 2) == 0 ? inside : Comparison.Not(inside);
    }

    private static Effect Compared(Matching matching) =>
        new(matching, Act.Continue, Why: matching == Matching.Unknown ? "a comparison" : null);

    private Effect Lookup(ReadOnlySpan<byte> data)
    {
        var name = NetlinkAttributes.Text(data, NftSet.LookupName);
        var inverted = (Register(data, NftSet.LookupFlags) & 1) != 0;
        if (_sets.TryGetValue(name, out var set)) return set.Meets(_registers, Register(data, 2), NetlinkAttributes.Number(data, 3), inverted);
        // What a set of addresses or ports holds was named by somebody, and this packet is from elsewhere.
        if (NftSet.IsOfVerdicts(data)) return new Effect(Matching.Yes, Act.Unclear, Why: $"map {name}");
        if (NetlinkAttributes.Number(data, 3) is { } into) _registers.Set(into, 16, Known.Elsewhere);
        return new Effect(inverted ? Matching.Yes : Matching.No, Act.Continue);
    }

    private Effect Immediate(ReadOnlySpan<byte> data)
    {
        if (Register(data) == 0) return NftData.Verdict(NetlinkAttributes.Find(data, 2));
        _registers.Set(Register(data), NftData.Value(NetlinkAttributes.Find(data, 2)));
        return Goes;
    }

    private bool Varying(uint register)
    {
        _registers.Set(register, 4, Known.Varies);
        return true;
    }
}
