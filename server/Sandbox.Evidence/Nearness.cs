namespace Sandbox.Evidence;

/// <summary>What somebody may have meant by a word that means nothing.</summary>
internal static class Nearness
{
    /// <summary>Names, the one that is most like what was written first: one that goes on like it, else one with few other letters.</summary>
    public static IEnumerable<string> Order(string written, IEnumerable<string> names) => names.OrderBy(name => name.StartsWith(written, StringComparison.Ordinal) ? 0 : Distance(written, name));

    // Letters that must be put in, taken out or changed (Levenshtein).
    private static int Distance(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (var i = 0; i < one.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 0; j < other.Length; j++)
                (row[j + 1], diagonal) = (Math.Min(Math.Min(row[j], row[j + 1]) + 1, diagonal + (one[i] == other[j] ? 0 : 1)), row[j + 1]);
        }
        return row[^1];
    }
}
