using Sandbox.Evidence;
using Sandbox.Evidence.Passwords;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Tests.Evidence.Conformance;

/// <summary>
/// The rules of ComplianceAsCode/content that concern passwords and accounts, on our facts. They want every setting written down
/// somewhere (a safe default is a fail), and where places contradict each other every one of them must be right.
/// </summary>
internal static class ComplianceAsCode
{
    private static readonly Dictionary<string, Func<Seen, bool>> Rules = new()
    {
        ["accounts_maximum_age_login_defs"] = seen =>
            Passes(new DefaultMaxAge(1, seen.WantNumber("maximum_age_login_defs")), seen),
        ["accounts_minimum_age_login_defs"] = seen =>
            seen.InForce("login.defs.PASS_MIN_DAYS", days => days >= seen.WantNumber("minimum_age_login_defs")),
        ["accounts_password_warn_age_login_defs"] = seen =>
            seen.InForce("login.defs.PASS_WARN_AGE", days => days >= seen.WantNumber("warn_age_login_defs")),
        ["set_password_hashing_algorithm_logindefs"] = seen =>
            seen.Setting("login.defs.ENCRYPT_METHOD") is { HasEffective: true } method && seen.Want("hashing_algorithm").Split('|').Contains(method.Effective),
        ["account_disable_post_pw_expiration"] = seen =>
            seen.InForce("useradd.INACTIVE", days => days >= 0 && days <= seen.WantNumber("post_pw_expiration")),

        ["accounts_password_pam_pwquality_enabled"] = seen => seen.Policy.PamLines.Any(l => l is { Type: "password", Module: "pam_pwquality.so" }),
        ["accounts_password_pam_retry"] = seen => seen.Everywhere("pwquality.retry", tries => tries >= 1 && tries <= seen.WantNumber("retry")),
        ["accounts_password_pam_pwhistory_remember"] = seen =>
            seen.Setting("pwhistory.remember").Definitions.Count > 0 && Passes(new PasswordHistory((uint)seen.WantNumber("remember")), seen),
        ["no_empty_passwords_unix"] = seen =>
            seen.Policy.PamLines.Where(l => l.Module == "pam_unix.so").All(l => !l.Arguments.Contains("nullok")),

        ["accounts_passwords_pam_faillock_deny"] = seen => Locks(seen)
            && seen.Everywhere("faillock.deny", _ => true)
            && Passes(new LockoutThreshold(1, (uint)seen.WantNumber("faillock_deny")), seen),
        ["accounts_passwords_pam_faillock_unlock_time"] = seen => Locks(seen)
            && seen.Setting("faillock.unlock_time").Definitions.Count > 0
            && (seen.WantNumber("unlock_time") is > 0 and var time
                ? Passes(new LockoutDuration((uint)time), seen)
                : seen.Policy.LockoutPermanent),
        ["accounts_passwords_pam_faillock_interval"] = seen => Locks(seen)
            && seen.Everywhere("faillock.fail_interval", interval => interval >= seen.WantNumber("fail_interval")),

        ["accounts_password_all_shadowed"] = seen => seen.Accounts.HashInPasswd.Count == 0,
        ["account_unique_id"] = seen => seen.Accounts.SharedUids.Count == 0,
        ["no_duplicate_uids"] = seen => seen.Accounts.SharedUids.Count == 0,
        ["accounts_no_uid_except_zero"] = seen => seen.Accounts.Accounts_
            .Where(account => account.HasUid && account.Uid == 0 && account.Name != "root")
            .All(account => account.PasswordState is PasswordState.Locked or PasswordState.None),
        ["no_empty_passwords_etc_shadow"] = seen => Passes(new EmptyPasswords(), seen),
        ["accounts_password_last_change_is_in_past"] = seen => seen.Accounts.Accounts_
            .Where(HasPassword).All(account => !account.HasLastChangeDay || account.LastChangeDay <= Reported.Today),
        ["accounts_password_set_max_life_existing"] = seen => seen.Accounts.Accounts_.Where(HasPassword)
            .All(account => account.HasMaxDays && account.MaxDays >= 1 && account.MaxDays <= seen.WantNumber("maximum_age_login_defs")),
        ["accounts_password_set_min_life_existing"] = seen => seen.Accounts.Accounts_.Where(HasPassword)
            .All(account => account.HasMinDays && account.MinDays >= seen.WantNumber("minimum_age_login_defs")),
    };

    // Settings of pwquality that must be at least, or at most, what the policy says. The fixtures use made-up thresholds below the
    // library's own clamps, so the definitions count and not the value in force.
    private static readonly string[] AtLeast = ["minlen", "minclass", "difok", "dictcheck"];
    private static readonly string[] AtMost = ["dcredit", "ucredit", "lcredit", "ocredit", "maxrepeat", "maxclassrepeat", "maxsequence"];

    static ComplianceAsCode()
    {
        foreach (var name in AtLeast)
            Rules[$"accounts_password_pam_{name}"] = seen => seen.Everywhere($"pwquality.{name}", value => value >= seen.WantNumber($"pam_{name}"));
        foreach (var name in AtMost)
            Rules[$"accounts_password_pam_{name}"] = seen => seen.Everywhere($"pwquality.{name}", value => value <= seen.WantNumber($"pam_{name}"));
    }

    public static bool Knows(string rule) => Rules.ContainsKey(rule);

    public static bool Judge(string rule, Seen seen) => Rules[rule](seen);

    private static bool Passes(IRule rule, Seen seen) =>
        rule.Judge(Reported.Facts(seen.Policy, seen.Accounts), Reported.Now).Findings.All(finding => finding.Verdict == Verdict.Pass);

    // The empty field counts as a password to age.
    private static bool HasPassword(Protocol.Account account) => account.PasswordState is PasswordState.Set or PasswordState.Empty;

    // A second pam_unix in the auth stack might let somebody pass the lock by.
    private static bool Locks(Seen seen) =>
        seen.Policy.HasLockoutThreshold && seen.Policy.PamLines.Count(l => l is { Type: "auth", Module: "pam_unix.so" }) == 1;
}
