using Sandbox.Server.Dashboard.Facts;

namespace Sandbox.Server.Dashboard.Words;

/// <summary>Rules for people; a rule that is not here is called by its own name.</summary>
internal static class RuleWords
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["password.max_age_days"] = "Password update interval",
        ["password.min_length"] = "Password length",
        ["password.history"] = "Former passwords",
        ["password.hash_scheme"] = "Hash of passwords",
        ["lockout.threshold"] = "Tries until lockout",
        ["lockout.unlock_seconds"] = "Length of a lockout",
        ["account.empty_password"] = "Empty passwords",
    };

    public static string Of(string rule) => Words.TryGetValue(rule, out var words) ? words : FactWords.Readable(rule[(rule.IndexOf('.', StringComparison.Ordinal) + 1)..]);
}
