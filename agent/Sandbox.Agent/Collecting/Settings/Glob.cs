namespace Sandbox.Agent.Collecting.Settings;

/// <summary>Patterns of glob(7) for one name: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[!a]</c>, a backslash before what stands for itself.</summary>
internal static class Glob
{
    /// <summary>Whether the text holds any pattern.</summary>
    public static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?', '[');

    /// <summary>Whether the whole name fits. It takes at most pattern × name steps.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        var (at, star, retry) = (0, -1, 0);
        var p = 0;
        while (at < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*') (star, retry) = (p++, at);
            else if (p < pattern.Length && One(pattern[p..], name[at], out var length)) (p, at) = (p + length, at + 1);
            else if (star >= 0) (p, at) = (star + 1, ++retry);
            else return false;
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }

    private static bool One(ReadOnlySpan<char> pattern, char c, out int length)
    {
        length = 1;
        if (pattern[0] == '?') return true;
        if (pattern[0] == '[' && Set(pattern, c, out var inside, out length)) return inside;
        length = pattern is ['\\', _, ..] ? 2 : 1;
        return pattern[length - 1] == c;
    }

    // False: the bracket never closes, so it stands for itself.
    private static bool Set(ReadOnlySpan<char> pattern, char c, out bool inside, out int length)
    {
        (inside, length) = (false, 1);
        var at = 1;
        var not = pattern.Length > at && pattern[at] is '!' or '^';
        if (not) at++;
        for (var first = at; at < pattern.Length; at++)
        {
            if (pattern[at] == ']' && at > first)
            {
                (inside, length) = (inside ^ not, at + 1);
                return true;
            }

            var range = at + 2 < pattern.Length && pattern[at + 1] == '-' && pattern[at + 2] != ']';
            var last = range ? pattern[at + 2] : pattern[at];
            inside |= c >= pattern[at] && c <= last;
            if (range) at += 2;
        }

        length = 1;
        return false;
    }
}
