namespace Sandbox.Agent.PasswordPolicy.Pam;

/// <summary>Words of a line of pam.d(5): white space separates them, square brackets hold one together, <c>\]</c> is one in it.</summary>
internal static class PamTokens
{
    /// <summary>The words, brackets kept. A bracket that nothing closes runs to the end.</summary>
    public static List<string> Split(ReadOnlySpan<char> line)
    {
        var tokens = new List<string>();
        for (line = line.Trim(); !line.IsEmpty; line = line.TrimStart())
        {
            var length = line[0] == '[' ? Bracketed(line) : line.IndexOfAny(' ', '\t') is >= 0 and var end ? end : line.Length;
            tokens.Add(line[..length].ToString());
            line = line[length..];
        }

        return tokens;
    }

    /// <summary>An argument without the brackets that held it together.</summary>
    public static string Bare(string token) =>
        token is ['[', .. var inner, ']'] ? inner.Replace("\\]", "]", StringComparison.Ordinal) : token;

    private static int Bracketed(ReadOnlySpan<char> line)
    {
        for (var i = 1; i < line.Length; i++)
        {
            if (line[i] == ']' && line[i - 1] != '\\') return i + 1;
        }

        return line.Length;
    }
}
