using Sandbox.Evidence.LocalAccounts;

namespace Sandbox.Evidence.Policies.Kinds;

/// <summary>Rules on who may read and change the files of accounts: <c>file.shadow.mode</c>, <c>file.shadow_copy.owner</c>.</summary>
internal static class FileKinds
{
    private static readonly string[] Names = ["passwd", "shadow", "group", "gshadow"];

    public static IReadOnlyList<RuleKind> All { get; } = [.. Names.SelectMany(name => (RuleKind[])[.. Of(name, $"/etc/{name}"), .. Of($"{name}_copy", $"/etc/{name}-")])];

    private static IEnumerable<RuleKind> Of(string name, string path) =>
    [
        new($"file.{name}.mode", Severity.High, RuleDemand.Octal, rule => [FileDemands.Mode(rule.Rule, path, ((Expectation.Bits)rule.Expect).Value)]),
        new($"file.{name}.owner", Severity.High, RuleDemand.AnyWord, rule => [FileDemands.Owner(rule.Rule, path, rule.Words)]),
        new($"file.{name}.group", Severity.High, RuleDemand.AnyWord, rule => [FileDemands.Group(rule.Rule, path, rule.Words)]),
    ];
}
