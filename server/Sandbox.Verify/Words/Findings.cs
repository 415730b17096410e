namespace Sandbox.Verify.Words;

/// <summary>What was found wrong, and what could not be shown. Of either so many are kept as a person may read; the rest is counted.</summary>
internal sealed class Findings
{
    /// <summary>Most faults, and most remarks, that are kept.</summary>
    public const int Most = 1000;

    private readonly List<Finding> _faults = [];
    private readonly List<Finding> _remarks = [];

    public IReadOnlyList<Finding> Faults => _faults;

    public IReadOnlyList<Finding> Remarks => _remarks;

    /// <summary>All faults, kept or not.</summary>
    public long FaultCount { get; private set; }

    /// <summary>All remarks, kept or not.</summary>
    public long RemarkCount { get; private set; }

    /// <summary>Something is not as it must be.</summary>
    /// <param name="where">The file, or <c>entry 12</c>.</param>
    /// <param name="what">How it is wrong, for people.</param>
    public void Fault(string where, string what)
    {
        FaultCount++;
        if (_faults.Count < Most) _faults.Add(new Finding(where, what));
    }

    /// <inheritdoc cref="Fault(string, string)"/>
    public void Fault(long index, string what) => Fault(Entry(index), what);

    /// <summary>Something cannot be shown, or has to be known to read the rest rightly.</summary>
    public void Remark(string where, string what)
    {
        RemarkCount++;
        if (_remarks.Count < Most) _remarks.Add(new Finding(where, what));
    }

    /// <inheritdoc cref="Remark(string, string)"/>
    public void Remark(long index, string what) => Remark(Entry(index), what);

    private static string Entry(long index) => $"entry {index}";
}

/// <summary>One fault or remark.</summary>
/// <param name="Where">The file, or <c>entry 12</c>.</param>
/// <param name="What">How it is wrong, for people.</param>
internal sealed record Finding(string Where, string What);
