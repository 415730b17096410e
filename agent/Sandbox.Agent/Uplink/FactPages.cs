using Google.Protobuf;
using Sandbox.Protocol;

namespace Sandbox.Agent.Uplink;

/// <summary>Spreads facts over as many reports as the largest report asks for.</summary>
internal static class FactPages
{
    // Room for all of a report that is not facts: hashes, times, gaps.
    private const int Reserve = 64 * 1024;

    /// <summary>Most bytes that the facts of one report may take.</summary>
    public const int Largest = Wire.LargestReport - Reserve;

    /// <summary>At least one page, an empty one when there are no facts.</summary>
    public static IReadOnlyList<IReadOnlyList<Fact>> Of(IEnumerable<Fact> facts)
    {
        List<List<Fact>> pages = [[]];
        var size = 0;
        foreach (var fact in facts)
        {
            var more = SizeOf(fact);
            if (size + more > Largest && pages[^1].Count > 0)
            {
                pages.Add([]);
                size = 0;
            }

            pages[^1].Add(fact);
            size += more;
        }

        return pages;
    }

    /// <summary>Bytes of a fact in a report.</summary>
    public static int SizeOf(Fact fact) => 1 + CodedOutputStream.ComputeMessageSize(fact);
}
