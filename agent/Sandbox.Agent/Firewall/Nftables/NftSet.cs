using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Firewall.Nftables;

/// <summary>The elements of a set or map that a rule looks something up in.</summary>
internal sealed class NftSet
{
    public const int LookupName = 1;
    public const int LookupFlags = 5;
    private const int LookupInto = 3;
    private const int Most = 4096;
    private const uint EndsInterval = 1;
    private const uint CatchesAll = 2;
    private readonly List<Element> _elements = [];

    /// <summary>It holds more than what was kept of it.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Whether the set was written into a rule, <c>{ 22, 80 }</c>; nft gives such sets their names.</summary>
    public static bool IsNamedBySystem(string name) => name.StartsWith("__", StringComparison.Ordinal);

    /// <summary>Whether the expression takes a verdict out of the set.</summary>
    public static bool IsOfVerdicts(ReadOnlySpan<byte> lookup) => NetlinkAttributes.Number(lookup, LookupInto) == 0;

    /// <summary>Takes the elements of one message (NFTA_SET_ELEM_LIST_ELEMENTS).</summary>
    public void Add(ReadOnlySpan<byte> message)
    {
        var list = new NetlinkAttributes(NetlinkAttributes.Find(message, 3));
        while (list.Next())
        {
            IsCut = _elements.Count >= Most;
            if (IsCut) return;
            var flags = NetlinkAttributes.Number(list.Value, 3) ?? 0;
            _elements.Add(new Element(
                NftData.Value(NetlinkAttributes.Find(list.Value, 1)).ToArray(), NftData.Value(NetlinkAttributes.Find(list.Value, 10)).ToArray(), flags,
                NetlinkAttributes.Find(list.Value, 2).ToArray()));
        }
    }

    /// <summary>Whether what stands in the register is in it, and what the map says for that.</summary>
    /// <param name="registers">Of the packet.</param>
    /// <param name="register">Where the key starts.</param>
    /// <param name="into">Where a map's value goes; 0: it is a verdict; null: a set has none.</param>
    /// <param name="inverted">The rule holds when it is not in the set.</param>
    public Effect Meets(Registers registers, uint register, uint? into, bool inverted)
    {
        var found = Find(registers, register, out var matching);
        if (inverted) return new Effect(Comparison.Not(matching), Act.Continue, Why: matching == Matching.Unknown ? "a set" : null);
        if (matching == Matching.No) return new Effect(Matching.No, Act.Continue);
        if (into is 0) return matching == Matching.Yes ? NftData.Verdict(found!.Data) : new Effect(Matching.Yes, Act.Unclear, Why: "a map");
        if (into is { } data) registers.Set(data, 16, Known.Nothing);
        return new Effect(matching, Act.Continue, Why: matching == Matching.Unknown ? "a set" : null);
    }

    private Element? Find(Registers registers, uint register, out Matching matching)
    {
        matching = IsCut ? Matching.Unknown : Matching.No;
        Element? all = null;
        for (var i = 0; i < _elements.Count; i++)
        {
            var element = _elements[i];
            if ((element.Flags & CatchesAll) != 0) all = element;
            if (element.Key.Length == 0 || (element.Flags & EndsInterval) != 0) continue;
            var one = Meets(registers, register, i);
            if (one == Matching.Yes)
            {
                matching = one;
                return element;
            }
            if (one != Matching.No && matching == Matching.No) matching = one;
        }
        if (matching == Matching.No && all is not null) matching = Matching.Yes;
        return all;
    }

    private Matching Meets(Registers registers, uint register, int i)
    {
        var (key, end) = (_elements[i].Key, _elements[i].KeyEnd);
        if (end.Length > 0) return Comparison.Between(registers, register, key, end);
        return Next(i) is { } next && (next.Flags & EndsInterval) != 0
            ? Comparison.Between(registers, register, key, Before(next.Key))
            : Comparison.Of(registers, register, 0, key);
    }

    // Intervals are two elements, of which the second has the first value that is outside. The kernel lists them in falling order.
    private Element? Next(int i)
    {
        var key = _elements[i].Key;
        Element? best = null;
        foreach (var other in (ReadOnlySpan<int>)[i - 1, i + 1])
        {
            if (other < 0 || other >= _elements.Count || _elements[other] is not { } one || (one.Flags & EndsInterval) == 0) continue;
            if (one.Key.AsSpan().SequenceCompareTo(key) > 0 && (best is null || one.Key.AsSpan().SequenceCompareTo(best.Key) < 0)) best = one;
        }
        return best;
    }

    private static byte[] Before(byte[] key)
    {
        var before = key.ToArray();
        for (var i = before.Length - 1; i >= 0 && before[i]-- == 0; i--)
        {
        }
        return before;
    }

    private sealed record Element(byte[] Key, byte[] KeyEnd, uint Flags, byte[] Data);
}
