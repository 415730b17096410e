using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting;

/// <summary>What malware scanners are told to leave alone: one that is put right and made to look away protects nobody (guard G8).</summary>
internal static class LooksAway
{
    /// <summary>Whether no scanner leaves more alone than at first, as far as both are known.</summary>
    public static bool NoMore(Fact first, Fact after) => after.Antivirus.Products.All(product => first.Antivirus.Products.FirstOrDefault(one => one.Name == product.Name) is not { } then
        || ((!then.HasExclusions || !(product.Exclusions > then.Exclusions)) && (!then.HasIgnoredSignatures || !(product.IgnoredSignatures > then.IgnoredSignatures))));
}
