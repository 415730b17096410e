namespace Sandbox.Agent.Collecting;

/// <summary>Words that somebody else wrote, on their way into a fact.</summary>
internal static class ShortText
{
    /// <summary>Without control characters, half characters and white space around it. Null: nothing is left.</summary>
    /// <param name="text">As it came. Null: nothing.</param>
    /// <param name="most">Characters that are kept.</param>
    public static string? Of(string? text, int most)
    {
        if (text is null) return null;
        var kept = new string([.. text.Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter)).Take(most)]).Trim();
        return kept.Length > 0 ? kept : null;
    }
}
