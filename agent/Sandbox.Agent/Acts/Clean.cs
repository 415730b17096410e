namespace Sandbox.Agent.Acts;

/// <summary>Words of a log on their way into an act.</summary>
internal static class Clean
{
    private const int Longest = 200;

    /// <summary>Without control characters, at most 200 characters.</summary>
    public static string Text(ReadOnlySpan<char> text)
    {
        if (text.Length > Longest) text = text[..Longest];
        Span<char> clean = stackalloc char[text.Length];
        for (var i = 0; i < text.Length; i++) clean[i] = char.IsControl(text[i]) || char.IsSurrogate(text[i]) ? '\uFFFD' : text[i];
        return new string(clean);
    }
}
