using System.Globalization;

namespace Sandbox.Evidence.Settings;

/// <summary>A whole number within bounds, both included.</summary>
/// <param name="Least">Null: that side is open.</param>
/// <param name="Most">Null: that side is open.</param>
internal record NumberDemand(long? Least, long? Most) : ValueDemand
{
    public override string Words => (Least, Most) switch
    {
        ({ } least, { } most) => least == most ? $"{least}" : $"from {least} to {most}",
        ({ } least, null) => $"{least} or more",
        (null, { } most) => $"{most} or less",
        _ => "any number",
    };

    public override bool Meets(string value) => Number(value) is { } number && Holds(number);

    /// <summary>Whether a number is within.</summary>
    public bool Holds(long number) => !(number < Least) && !(number > Most);

    /// <summary>The number that a value means. Null: none.</summary>
    protected virtual long? Number(string value) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
