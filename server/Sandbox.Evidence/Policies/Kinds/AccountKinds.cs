using Sandbox.Evidence.Access;
using Sandbox.Evidence.LocalAccounts;
using Sandbox.Evidence.Passwords;
using static Sandbox.Evidence.Policies.ExpectReader;

namespace Sandbox.Evidence.Policies.Kinds;

/// <summary>Rules on the accounts of a device as a whole, where of most things there must be none, and on who is in which group.</summary>
internal static class AccountKinds
{
    private static readonly RuleDemand None = RuleDemand.Number(0, 0, Count);

    public static IReadOnlyList<RuleKind> All { get; } =
    [
        new(EmptyPasswords.Rule, Severity.High, None, _ => [new EmptyPasswords()]),
        new(OnlyRootIsZero.Rule, Severity.High, None, _ => [OnlyRootIsZero.Make()]),
        new(UniqueUids.Rule, Severity.Medium, None, _ => [UniqueUids.Make()]),
        new(UniqueGids.Rule, Severity.Medium, None, _ => [UniqueGids.Make()]),
        new(UnknownGroups.Rule, Severity.Low, None, _ => [UnknownGroups.Make()]),
        new(ShadowMembers.Rule, Severity.High, None, _ => [ShadowMembers.Make()]),
        new(SystemShells.Rule, Severity.Medium, None, _ => [SystemShells.Make()]),
        new(HashSchemes.Rule, Severity.Medium, RuleDemand.Word(PasswordKinds.Schemes), rule => [HashSchemes.Make(rule.Words)]),
        new(HashesInShadow.Rule, Severity.High, None, _ => [HashesInShadow.Make()]),
        new(ChangedInFuture.Rule, Severity.Medium, None, _ => [new ChangedInFuture()]),
        new(AccessByRole.Rule, Severity.High, RuleDemand.Matrix, rule => [new AccessByRole(((Expectation.Matrix)rule.Expect).Roles)]),
    ];
}
