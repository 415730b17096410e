using CsCheck;
using Sandbox.Ledger;

namespace Sandbox.Tests.Ledger;

/// <summary>Indices as ranges, compared with sets of single ones.</summary>
public sealed class IndexSets
{
    private static readonly Gen<(long First, long Last)[]> _ranges = Gen.Select(Gen.Long[0, 40], Gen.Long[0, 6], (first, more) => (first, first + more)).Array[0, 8];

    [Fact]
    public void Neighbours_are_one_range()
    {
        Assert.Equal([(3, 5), (7, 7)], Of((3, 3), (4, 4), (5, 5), (7, 7)).Ranges);
    }

    [Fact]
    public void The_order_in_which_they_are_added_does_not_matter()
    {
        Assert.Equal([(1, 9), (12, 12)], Of((12, 12), (5, 9), (1, 4), (2, 6)).Ranges);
    }

    [Fact]
    public void What_is_added_twice_counts_once() => Assert.Equal(10, Of((0, 9), (3, 5), (9, 9)).Count);

    [Fact]
    public void A_range_that_ends_before_it_begins_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new IndexSet().Add(5, 4));

    [Fact]
    public void Without_another_all_of_it_is_left() => Assert.Equal([(2, 4)], Of((2, 4)).Without(null));

    [Fact]
    public void What_is_left_and_what_is_shared_are_those_of_sets() => Gen.Select(_ranges, _ranges).Sample((some, others) =>
    {
        var (one, other) = (Of(some), Of(others));
        var (ones, theirs) = (Single(some).ToHashSet(), Single(others).ToHashSet());

        Assert.Equal(ones.Except(theirs).Order(), Single(one.Without(other)));
        Assert.Equal(ones.Intersect(theirs).Order(), Single(one.Shared(other)));
        Assert.Equal(ones.Count, one.Count);
    }, iter: Fuzz.Times(2000), threads: 1);

    private static IEnumerable<long> Single(IEnumerable<(long First, long Last)> ranges) =>
        ranges.SelectMany(range => Enumerable.Range((int)range.First, (int)(range.Last - range.First + 1)).Select(i => (long)i));

    private static IndexSet Of(params (long First, long Last)[] ranges)
    {
        var set = new IndexSet();
        foreach (var (first, last) in ranges) set.Add(first, last);
        return set;
    }
}
