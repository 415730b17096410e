using System.Globalization;
using Sandbox.Verify.Entries;

namespace Sandbox.Verify.Words;

/// <summary>What was erased, by which acts and why.</summary>
internal static class ErasureWords
{
    // More than a lab erases in years; --json has them all.
    private const int MostListed = 20;

    /// <summary>Its lines. None: no erasure is shown.</summary>
    public static IEnumerable<string> Of(Shows shows)
    {
        if (shows.Erasures.Count == 0) yield break;
        yield return "";
        yield return $"The {(shows.IsOfOnePerson ? "bundle shows" : "log says of")} {Count(shows.Erasures.Count, "erasure", "erasures")}{(shows.IsOfOnePerson ? " of which the log says" : ", everybody's")}; {Count(shows.Erased, "erased entry belongs", "erased entries belong")} to what this bundle shows:";
        foreach (var act in shows.Erasures.Take(MostListed)) yield return $"  {act.At:yyyy-MM-dd HH:mm}Z  entry {act.Index}: {Count(act.Entries, "entry", "entries")} of one person, {When(act)}: \"{act.Reason}\"";
        if (shows.Erasures.Count > MostListed) yield return $"  ... and {Count(shows.Erasures.Count - MostListed, "more", "more")}; --json lists all of them.";
    }

    private static string When(ErasureAct act)
    {
        var rule = $"{act.Programme} keeps records for {Count(act.YearsKept, "year", "years")}{(act.LeftOn is { } day ? $", and they left on {day}" : ", and they had not left")}";
        return act.Early ? $"before the end of their time ({rule})" : $"at the end of their time ({rule})";
    }

    private static string Count(long count, string one, string many) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {(count == 1 ? one : many)}";
}
