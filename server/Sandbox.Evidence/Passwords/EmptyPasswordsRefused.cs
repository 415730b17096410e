using Sandbox.Evidence.Settings;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>pam_unix lets nobody in whose password is empty.</summary>
/// <param name="Strictness">With <see cref="Settings.Strictness.Conflicts"/> no line of pam_unix may allow it, in the password stack either.</param>
internal sealed record EmptyPasswordsRefused(Strictness Strictness) : IRule
{
    public const string Rule = "password.empty_refused";

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.PasswordPolicy;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) => OnPolicy.Judge(facts, Rule, $"an empty password lets nobody in{Strictness.Words}", Judge);

    private Opinion Judge(PasswordPolicy policy)
    {
        if (!policy.HasEmptyPasswordsAccepted) return new(Verdict.Unknown, Reason: UnseenWords.Reason(policy.Unseen));
        var line = policy.PamLines.FirstOrDefault(one => one.Module == "pam_unix.so" && one.Arguments.Any(argument => argument is "nullok" or "nullok_secure"));
        if (policy.EmptyPasswordsAccepted || (Strictness.Conflicts && line is not null))
            return new(Verdict.Fail, "it does", line is null ? null : $"{line.Path} line {line.Line}: nullok");
        return new(Verdict.Pass, "it does not");
    }
}
