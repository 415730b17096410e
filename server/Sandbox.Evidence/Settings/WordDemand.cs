namespace Sandbox.Evidence.Settings;

/// <summary>One of several words.</summary>
/// <param name="Allowed">The words.</param>
/// <param name="Comparison">Whether capitals matter to the program that reads it.</param>
internal sealed record WordDemand(IReadOnlyList<string> Allowed, StringComparison Comparison = StringComparison.OrdinalIgnoreCase) : ValueDemand
{
    public override string Words => string.Join(" or ", Allowed);

    public override bool Meets(string value)
    {
        foreach (var word in Allowed)
            if (word.Equals(value, Comparison)) return true;
        return false;
    }
}
