namespace Sandbox.Agent.Collecting;

/// <summary>
/// How long a collector rests after changes woke it: a token bucket of run time. What it did not take for a while it may take at once, so that one change after the other is told
/// without a wait; however long a storm lasts, it takes a tenth of the time; more only when a single run takes above 3 s, since
/// nobody rests longer than half a minute.
/// </summary>
internal sealed class LaneCredit
{
    private const int Share = 10;

    /// <summary>Run time that is saved up at the most: some ten runs of an ordinary collector.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromMilliseconds(300);

    /// <summary>The longest rest, for collectors that take seconds.</summary>
    public static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);

    private TimeSpan _spent;
    private TimeSpan _at;

    /// <summary>The rest after a run that ended now.</summary>
    /// <param name="took">How long it ran.</param>
    /// <param name="now">Counts from the loop's start, and never goes back.</param>
    public TimeSpan RestAfter(TimeSpan took, TimeSpan now)
    {
        var regained = (now - _at) / Share;
        var debt = (_spent > regained ? _spent - regained : TimeSpan.Zero) + took - Most;
        if (debt * Share > LongestRest) debt = LongestRest / Share;
        (_spent, _at) = (debt + Most, now);
        return debt > TimeSpan.Zero ? debt * Share : TimeSpan.Zero;
    }
}
