namespace Sandbox.Evidence.Settings;

/// <summary>A list of words with commas between them, of which none is another than those that are allowed.</summary>
/// <param name="Allowed">The words.</param>
internal sealed record ListDemand(IReadOnlyList<string> Allowed) : ValueDemand
{
    public override string Words => $"nothing but {string.Join(", ", Allowed)}";

    public override bool Meets(string value)
    {
        var some = false;
        foreach (var range in value.AsSpan().Split(','))
        {
            var word = value.AsSpan(range).Trim();
            if (!Allows(word)) return false;
            some = true;
        }
        return some;
    }

    private bool Allows(ReadOnlySpan<char> word)
    {
        foreach (var allowed in Allowed)
            if (word.SequenceEqual(allowed)) return true;
        return false;
    }
}
