using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Licences;

namespace Sandbox.Evidence.Lines;

/// <summary>Why devices cannot show a line, so that a mentor attests it.</summary>
internal static class Attested
{
    private const string ByMentor = "a mentor attests it";

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["7.4"] = "what somebody reads and whom they talk to is never taken from a device: the mentor notes the date, the source and what was learnt",
    };

    /// <summary>The words for a line that no rule shows under the policy.</summary>
    /// <param name="line">The line: <c>1.8</c>.</param>
    public static string Why(string line)
    {
        if (Reasons.TryGetValue(line, out var reason)) return $"{reason}; {ByMentor}";
        if (line == "1.8") return $"devices can show it only under a policy whose rule {LicenceRegister.Rule} has the register of licences, and this one has none; {ByMentor}";
        return CreditRules.All.Any(rule => rule.Line == line) ? $"devices can show it only under a policy that has a rule for it, and this one has none; {ByMentor}" : $"devices cannot show it: {ByMentor}";
    }
}
