namespace Sandbox.Ledger;

/// <summary>A leaf of a kind that this program does not know: a newer one may have written it.</summary>
/// <param name="kind">Its word.</param>
public sealed class UnknownKindException(string kind) : FormatException($"It is of the kind '{kind}', which this program does not know.")
{
    /// <summary>Its word.</summary>
    public string Kind => kind;
}
