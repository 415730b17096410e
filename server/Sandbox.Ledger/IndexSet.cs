namespace Sandbox.Ledger;

/// <summary>Indices of entries, kept as ranges: in whatever order they are added, it takes no more than their gaps do, and sorts them once.</summary>
public sealed class IndexSet
{
    private readonly List<(long First, long Last)> _ranges = [];
    private bool _isSorted = true;

    /// <summary>The ranges, in rising order, with gaps between them.</summary>
    public IReadOnlyList<(long First, long Last)> Ranges => Sorted();

    /// <summary>How many indices are in it.</summary>
    public long Count => Sorted().Sum(range => range.Last - range.First + 1);

    /// <summary>Adds one.</summary>
    public void Add(long index) => Add(index, index);

    /// <summary>Adds all from the first to the last of a range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The first is below 0 or beyond the last.</exception>
    public void Add(long first, long last)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, last);
        if (_ranges is [.., var end] && first >= end.First && first - 1 <= end.Last)
        {
            _ranges[^1] = (end.First, Math.Max(end.Last, last));
            return;
        }
        _isSorted &= _ranges is [] || first > _ranges[^1].Last;
        _ranges.Add((first, last));
    }

    /// <summary>Those of it that are not in another, as ranges. Another that is null has none.</summary>
    public IReadOnlyList<(long First, long Last)> Without(IndexSet? other)
    {
        if (other is null) return Sorted();
        var (left, at, theirs) = (new List<(long First, long Last)>(), 0, other.Sorted());
        foreach (var (first, last) in Sorted())
        {
            var next = first;
            for (; at < theirs.Count && theirs[at].First <= last; at++)
            {
                if (theirs[at].First > next) left.Add((next, theirs[at].First - 1));
                next = Math.Max(next, theirs[at].Last + 1);
                // It may reach into the next range as well.
                if (theirs[at].Last > last) break;
            }
            if (next <= last) left.Add((next, last));
        }
        return left;
    }

    /// <summary>Those of it that are in another, too, as ranges.</summary>
    public IReadOnlyList<(long First, long Last)> Shared(IndexSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var (shared, at, theirs) = (new List<(long First, long Last)>(), 0, other.Sorted());
        foreach (var (first, last) in Sorted())
        {
            for (; at < theirs.Count && theirs[at].First <= last; at++)
            {
                if (theirs[at].Last >= first) shared.Add((Math.Max(first, theirs[at].First), Math.Min(last, theirs[at].Last)));
                if (theirs[at].Last > last) break;
            }
        }
        return shared;
    }

    private List<(long First, long Last)> Sorted()
    {
        if (_isSorted) return _ranges;
        _ranges.Sort();
        var kept = 0;
        for (var i = 1; i < _ranges.Count; i++)
        {
            if (_ranges[i].First - 1 <= _ranges[kept].Last) _ranges[kept] = (_ranges[kept].First, Math.Max(_ranges[kept].Last, _ranges[i].Last));
            else _ranges[++kept] = _ranges[i];
        }
        _ranges.RemoveRange(kept + 1, _ranges.Count - kept - 1);
        _isSorted = true;
        return _ranges;
    }
}
