using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Firewall.Nftables;

/// <summary>Values and verdicts inside expressions: NFTA_DATA_VALUE, NFTA_DATA_VERDICT.</summary>
internal static class NftData
{
    private const int ValueOf = 1;
    private const int VerdictOf = 2;

    /// <summary>The bytes of a value. Empty: it is none.</summary>
    public static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> data) => NetlinkAttributes.Find(data, ValueOf);

    /// <summary>What a verdict says to do. NF_ACCEPT and the like are small numbers, those of nf_tables are negative.</summary>
    public static Effect Verdict(ReadOnlySpan<byte> data)
    {
        var verdict = NetlinkAttributes.Find(data, VerdictOf);
        var target = NetlinkAttributes.Text(verdict, 2);
        return (int?)NetlinkAttributes.Number(verdict, 1) switch
        {
            0 => new(Matching.Yes, Act.Deny),
            1 => new(Matching.Yes, Act.Accept),
            -1 => new(Matching.Yes, Act.Continue),
            // NFT_BREAK: the rule does not hold.
            -2 => new(Matching.No, Act.Continue),
            -3 => new(Matching.Yes, Act.Jump, target),
            -4 => new(Matching.Yes, Act.Goto, target),
            -5 => new(Matching.Yes, Act.Return),
            { } other => new(Matching.Yes, Act.Unclear, Why: (other & 0xff) == 3 ? "a queue" : $"verdict {other}"),
            null => new(Matching.Unknown, Act.Continue, Why: "a verdict"),
        };
    }
}
