using Sandbox.Evidence.Passwords;

namespace Sandbox.Evidence.Policies.Kinds;

/// <summary>Rules on what stands in the PAM stacks.</summary>
internal static class PamKinds
{
    private static readonly string[] Modules = ["pam_pwquality.so", "pam_pwhistory.so", "pam_unix.so", "pam_faillock.so"];

    public static IReadOnlyList<RuleKind> All { get; } =
    [
        new("pam.auth_modules", Severity.Medium, RuleDemand.AllOf(Modules), rule => [new PamModules(rule.Rule, "auth", rule.Words)]),
        new("pam.password_modules", Severity.Medium, RuleDemand.AllOf(Modules), rule => [new PamModules(rule.Rule, "password", rule.Words)]),
        new("pam.pwhistory_arguments", Severity.Low, RuleDemand.AllOf(), rule => [new PamArguments(rule.Rule, "pam_pwhistory.so", rule.Words)]),
        new("pam.unix_arguments", Severity.Low, RuleDemand.AllOf(), rule => [new PamArguments(rule.Rule, "pam_unix.so", rule.Words)]),
        new("pam.pwquality_arguments", Severity.Low, RuleDemand.AllOf(), rule => [new PamArguments(rule.Rule, "pam_pwquality.so", rule.Words)]),
    ];
}
