using Google.Protobuf.Collections;
using Sandbox.Evidence.Passwords;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Settings;

/// <summary>Settings of the password policy: of all places that count the last one wins, and a module that stands not in the PAM stack reads none.</summary>
/// <param name="Files">Beginning of the paths of its files.</param>
/// <param name="Silence">What it means that nothing reads or sets it, in words.</param>
internal sealed record PasswordSettings(string Files, string Silence) : SettingSource
{
    private const string Module = "pam_pwquality.so";

    /// <summary>pwquality.conf(5).</summary>
    public static PasswordSettings Quality { get; } = new("/etc/security/pwquality.conf", "nothing in the password stack asks for it");

    /// <summary>login.defs(5).</summary>
    public static PasswordSettings LoginDefs { get; } = new("/etc/login.defs", "login.defs does not set it");

    /// <summary>The defaults of useradd(8).</summary>
    public static PasswordSettings Useradd { get; } = new("/etc/default/useradd", "useradd has no defaults of its own");

    private bool IsQuality => this == Quality;

    public override Fact.KindOneofCase Kind => Fact.KindOneofCase.PasswordPolicy;

    public override RepeatedField<ConfiguredSetting> In(Fact fact) => fact.PasswordPolicy.Settings;

    // Where it only warns, or is not asked at all, nothing of what it is set to is in force.
    public override Opinion? Before(Fact fact, Strictness strictness) =>
        IsQuality && !strictness.Configured && fact.PasswordPolicy is { HasQualityEnforced: true, QualityEnforced: false } ? new Opinion(Verdict.Fail, Silence) : null;

    public override Unseen? Hidden(Fact fact) =>
        fact.PasswordPolicy.Unseen.FirstOrDefault(unseen => unseen.What.StartsWith(Files, StringComparison.Ordinal) && !unseen.Why.StartsWith("line ", StringComparison.Ordinal));

    public override Opinion Absent(Fact fact, ConfiguredSetting? setting)
    {
        var policy = fact.PasswordPolicy;
        if (setting is not null && OnPolicy.Meaningless(policy, setting.Name, IsQuality ? Module : null) is { } error) return error;
        if (IsQuality) return OnPolicy.Absent(policy, policy.HasQualityEnforced, Silence);
        return Hidden(fact) is null && OnPolicy.LoginDefsWasRead(policy)
            ? new(Verdict.Fail, Silence)
            : new(Verdict.Unknown, Reason: UnseenWords.Reason(policy.Unseen));
    }
}
