namespace Sandbox.Tests.Evidence.Conformance;

/// <summary>
/// What a rule of ComplianceAsCode/content is in a policy of ours, with the parameters of a fixture. Never by fixture: only rule and parameters are known here.
/// </summary>
internal static class CacRules
{
    private static readonly Dictionary<string, Func<FixtureValues, string>> All = new(CacAccounts.All.Concat(CacPasswords.All).Concat(CacPrograms.All), StringComparer.Ordinal);

    /// <summary>Whether some rule of ours asks for what this one does.</summary>
    public static bool Knows(string rule) => All.ContainsKey(rule);

    /// <summary>The text of the policy of a rule that is known.</summary>
    public static string Policy(string rule, FixtureValues values) => $"schema: 1\nid: fixture\nversion: 1\ntitle: {rule}\nrules:\n{All[rule](values)}";
}
