using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>New passwords must be stored with a scheme that is slow to guess.</summary>
/// <param name="Allowed">Names of crypt(5), in lower case.</param>
internal sealed record NewHashScheme(IReadOnlyList<string> Allowed) : IRule
{
    public Fact.KindOneofCase Reads => Fact.KindOneofCase.PasswordPolicy;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) =>
        OnPolicy.Judge(facts, "password.hash_scheme", string.Join(" or ", Allowed), Judge);

    private Opinion Judge(PasswordPolicy policy) => policy.HasHashScheme
        ? Opinion.That(Allowed.Contains(policy.HashScheme), policy.HashScheme)
        : new Opinion(Verdict.Unknown, Reason: policy.Unseen.Count == 0
            ? "neither PAM nor login.defs names a scheme"
            : UnseenWords.Reason(policy.Unseen));
}
