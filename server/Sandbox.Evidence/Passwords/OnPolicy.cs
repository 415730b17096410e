using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>What the rules on the device's password policy share.</summary>
internal static class OnPolicy
{
    /// <summary>The judgement of one device-wide demand on <see cref="PasswordPolicy"/>.</summary>
    public static Judgement Judge(DeviceFacts facts, string rule, string expected, Func<PasswordPolicy, Opinion> judge) =>
        OnFact.Judge(facts, Fact.KindOneofCase.PasswordPolicy, rule, expected, fact => judge(fact.PasswordPolicy));

    /// <summary>An error when the module stands in the stack and the last definition of its setting does not parse. Null: not so.</summary>
    /// <param name="policy">The fact.</param>
    /// <param name="setting">Name of the setting, as in <see cref="ConfiguredSetting.Name"/>.</param>
    /// <param name="module">The PAM module that reads it. Null: a program that always does.</param>
    public static Opinion? Meaningless(PasswordPolicy policy, string setting, string? module = null)
    {
        if (module is not null && policy.PamLines.All(line => line.Module != module)) return null;
        return policy.Settings.FirstOrDefault(s => s.Name == setting && !s.HasEffective) is { Definitions: [.., var last] }
            ? new Opinion(Verdict.Error, last.Value, $"{last.Path} line {last.Line}: this value has no meaning there")
            : null;
    }

    /// <summary>Whether login.defs was read whole: the device says something, and nothing of a login.defs that it could not see; a line that means nothing hides no other.</summary>
    public static bool LoginDefsWasRead(PasswordPolicy policy) =>
        policy.Settings.Count + policy.PamLines.Count + policy.Unseen.Count > 0 && !policy.Unseen.Any(unseen => unseen.What.Contains("login.defs", StringComparison.Ordinal) && !unseen.Why.StartsWith("line ", StringComparison.Ordinal));

    /// <summary>The opinion where a stack does not hold something: a failure where it was read whole.</summary>
    /// <param name="policy">The fact.</param>
    /// <param name="stack"><c>auth</c> or <c>password</c>.</param>
    /// <param name="nothing">See the other.</param>
    public static Opinion Absent(PasswordPolicy policy, string stack, string nothing) =>
        Absent(policy, stack == "auth" ? policy.HasEmptyPasswordsAccepted : policy.HasQualityEnforced, nothing);

    /// <summary>
    /// The opinion on a value that is absent. A definition that does not parse: error. The stack was read whole and holds nothing of the
    /// kind: fail. Otherwise nobody knows.
    /// </summary>
    /// <param name="policy">The fact.</param>
    /// <param name="stackIsKnown">The device says something of the PAM stack that would hold it.</param>
    /// <param name="nothing">What it means that the stack holds nothing, in words.</param>
    public static Opinion Absent(PasswordPolicy policy, bool stackIsKnown, string nothing)
    {
        var whole = stackIsKnown && !policy.Unseen.Any(unseen => unseen.What.Contains("/pam.d/", StringComparison.Ordinal));
        return whole ? new Opinion(Verdict.Fail, nothing) : new Opinion(Verdict.Unknown, Reason: UnseenWords.Reason(policy.Unseen));
    }
}
