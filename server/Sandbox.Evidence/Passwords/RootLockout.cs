using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>Wrong tries lock root as well.</summary>
internal sealed record RootLockout : IRule
{
    public const string Rule = "lockout.binds_root";

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.PasswordPolicy;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) => OnPolicy.Judge(facts, Rule, "root is locked as well", Judge);

    private static Opinion Judge(PasswordPolicy policy) => policy.HasLockoutBindsRoot
        ? Opinion.That(policy.LockoutBindsRoot, policy.LockoutBindsRoot ? "it is" : "root is never locked")
        : NoLockout.Opinion(policy, "faillock.even_deny_root");
}
