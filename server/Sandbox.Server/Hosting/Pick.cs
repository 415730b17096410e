namespace Sandbox.Server.Hosting;

/// <summary>Finds what somebody means by a name or the first digits of an id.</summary>
internal static class Pick
{
    private const int ShortestPrefix = 4;
    private const int MostShown = 5;

    /// <summary>The one that is meant.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="what">What it should be, in a word: <c>device</c>.</param>
    /// <param name="list">The command that lists all.</param>
    /// <param name="all">All there are.</param>
    /// <param name="name">The name of one.</param>
    /// <param name="id">The id of one. Null: it is found by its name alone.</param>
    /// <param name="preferred">Of several with one name, those that are meant. Null: none are.</param>
    /// <exception cref="SetupException">None or several are meant; the message names those that are near.</exception>
    public static T One<T>(string typed, string what, string list, IReadOnlyList<T> all, Func<T, string> name, Func<T, string>? id = null, Func<T, bool>? preferred = null)
    {
        string Show(T x) => id is null ? name(x) : $"{name(x)} ({id(x)[..8]})";
        var named = all.Where(x => string.Equals(name(x), typed, StringComparison.OrdinalIgnoreCase)).ToList();
        if (named.Count > 1 && preferred is not null && named.Count(preferred) == 1) return named.Single(preferred);
        if (named.Count == 0 && id is not null && typed.Length >= ShortestPrefix)
            named = [.. all.Where(x => id(x).StartsWith(typed, StringComparison.OrdinalIgnoreCase))];
        if (named.Count == 1) return named[0];
        if (named.Count > 1)
            throw new SetupException($"'{typed}' may be any of: {string.Join(", ", named.Take(MostShown).Select(Show))}. Give more digits of the id.");
        var near = all.Where(x => IsNear(typed, name(x))).Take(MostShown).Select(Show).ToList();
        throw new SetupException($"There is no {what} '{typed}'. {(near.Count > 0 ? $"Near it: {string.Join(", ", near)}." : $"All of them: {list}")}");
    }

    private static bool IsNear(string typed, string name) =>
        name.Contains(typed, StringComparison.OrdinalIgnoreCase) || typed.Contains(name, StringComparison.OrdinalIgnoreCase) || Distance(typed.ToUpperInvariant(), name.ToUpperInvariant()) <= 2;

    // Levenshtein: how many letters to add, drop or change.
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= other.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1)));
        }

        return row[^1];
    }
}
