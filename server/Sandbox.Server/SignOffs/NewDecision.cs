using Sandbox.Evidence.Lines;
using Sandbox.Server.People;
using Sandbox.Storage;

namespace Sandbox.Server.SignOffs;

/// <summary>What somebody wants to decide.</summary>
/// <param name="Kind">What.</param>
/// <param name="Words">In which words.</param>
/// <param name="Seen"><see cref="Basis.Digest"/> of what they saw.</param>
/// <param name="Confirmed">That they were asked for again. Null: they were not, which is enough for returning.</param>
internal sealed record NewDecision(DecisionKind Kind, string Words, string Seen, Confirmed? Confirmed)
{
    /// <summary>Typed text as it is kept: browsers send two characters for the end of a line, and count one.</summary>
    public static string Clean(string typed) => StorableText.Of(typed.Replace("\r\n", "\n", StringComparison.Ordinal).Trim());
}
