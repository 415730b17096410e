namespace Sandbox.Agent.Firewall;

/// <summary>
/// Follows one packet through chains, rule by rule. Each chain is walked once, so the effort grows with the number of rules however often
/// they jump.
/// </summary>
internal sealed class ChainWalk(Probe probe)
{
    // The kernel allows 16 (NFT_JUMP_STACK_SIZE); chains of iptables-legacy nest a little deeper, but none does by hand.
    private const int DeepestJump = 64;
    private readonly Dictionary<Chain, Outcome> _known = [];
    private int _depth;

    /// <summary>The first rule that is not understood and that the packet came to, for people. Null: there was none.</summary>
    public string? Unclear { get; private set; }

    /// <summary>Whether a base chain lets the packet through (true) or not; null: it cannot be told.</summary>
    public bool? Passes(Chain chain)
    {
        if (chain.Accepts is not { } accepts) return null;
        var outcome = Through(chain).With(Ends.Fell, accepts ? Ends.Accepted : Ends.Denied);
        if (outcome.Certain.HasFlag(Ends.Accepted)) return true;
        return outcome.Possible.HasFlag(Ends.Accepted) ? null : false;
    }

    private Outcome Through(Chain chain)
    {
        if (_known.TryGetValue(chain, out var known)) return known;
        // Rules that go in a circle, which no kernel takes: what lies behind is not known.
        _known[chain] = Outcome.Unclear.With(Ends.Continued, Ends.Fell);
        if (_depth >= DeepestJump) return _known[chain];
        _depth++;
        var outcome = Rules(chain);
        _depth--;
        return _known[chain] = outcome;
    }

    private Outcome Rules(Chain chain)
    {
        var (certain, possible, surely) = (Ends.None, Ends.None, true);
        for (var i = 0; i < chain.Rules.Count; i++)
        {
            var effect = chain.Rules[i].On(probe);
            if (effect.Matching == Matching.No) continue;
            if (effect.Why is not null) Unclear ??= $"rule {i + 1} of {chain.Name} is not understood ({effect.Why})";
            var outcome = After(effect, chain);
            possible |= outcome.Possible & ~Ends.Continued;
            if (surely && effect.Matching != Matching.Unknown) certain |= outcome.Certain & ~Ends.Continued;
            if (effect.Matching != Matching.Yes) continue;
            if (!outcome.Possible.HasFlag(Ends.Continued)) return new Outcome(certain, possible);
            if (!outcome.Certain.HasFlag(Ends.Continued)) surely = false;
        }
        return new Outcome(surely ? certain | Ends.Fell : certain, possible | Ends.Fell);
    }

    private Outcome After(Effect effect, Chain chain) => effect.Act switch
    {
        Act.Continue => Outcome.Of(Ends.Continued),
        Act.Accept => Outcome.Of(Ends.Accepted),
        Act.Deny => Outcome.Of(Ends.Denied),
        Act.Return => Outcome.Of(Ends.Fell),
        Act.Jump => Called(effect, chain).With(Ends.Fell, Ends.Continued),
        Act.Goto => Called(effect, chain),
        _ => Outcome.Unclear,
    };

    private Outcome Called(Effect effect, Chain chain) =>
        chain.Table.Chains.TryGetValue(effect.Target, out var target) ? Through(target) : Outcome.Unclear.With(Ends.Continued, Ends.Fell);
}
