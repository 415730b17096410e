using static Sandbox.Tests.Evidence.Conformance.Entry;

namespace Sandbox.Tests.Evidence.Conformance;

/// <summary>Rules on new passwords, wrong tries and what new accounts are given.</summary>
internal static class CacPasswords
{
    private const string ForNew = "scope: [new_accounts], require_explicit: true";

    // The fixtures' thresholds lie below the library's own clamps (minlen = 1), so what is written counts and not what is in force.
    private const string AsWritten = $"value: configured, {Strict}";

    public static IEnumerable<KeyValuePair<string, Func<FixtureValues, string>>> All { get; } =
    [
        new("accounts_maximum_age_login_defs", values => Between("password.max_age_days", 1, values.Number("maximum_age_login_defs"), ForNew)),
        new("accounts_minimum_age_login_defs", values => AtLeast("password.min_age_days", values.Number("minimum_age_login_defs"), ForNew)),
        new("accounts_password_warn_age_login_defs", values => AtLeast("password.warn_days", values.Number("warn_age_login_defs"), ForNew)),
        new("account_disable_post_pw_expiration", values => Between("password.inactive_days", 0, values.Number("post_pw_expiration"), ForNew)),
        new("set_password_hashing_algorithm_logindefs", values => In("login_defs.encrypt_method", values.Words("hashing_algorithm"), Explicit)),
        new("accounts_umask_etc_login_defs", values => NoLooser("login_defs.umask", values["user_umask"], Explicit)),

        new("accounts_password_pam_pwquality_enabled", _ => True("password.quality_enforced")),
        new("no_empty_passwords_unix", _ => True("password.empty_refused", "strict_conflicts: true")),
        new("no_empty_passwords", _ => True("password.empty_refused", "strict_conflicts: true")),
        new("accounts_password_pam_pwhistory_enabled", _ => Holds("pam.password_modules", "pam_pwhistory.so")),
        new("accounts_password_pam_pwhistory_enforce_root", _ => Holds("pam.pwhistory_arguments", "enforce_for_root")),
        new("accounts_password_pam_pwhistory_enforce_for_root", _ => Holds("pam.pwhistory_arguments", "enforce_for_root")),
        new("accounts_password_pam_pwhistory_use_authtok", _ => Holds("pam.pwhistory_arguments", "use_authtok")),
        new("accounts_password_pam_unix_enabled", _ => Holds("pam.password_modules", "pam_unix.so") + Holds("pam.auth_modules", "pam_unix.so")),
        new("accounts_password_pam_unix_authtok", _ => Holds("pam.unix_arguments", "use_authtok")),
        new("accounts_passwords_pam_faillock_enabled", _ => Holds("pam.auth_modules", "pam_faillock.so")),
        new("accounts_password_pam_pwhistory_remember", values => AtLeast("password.history", values.Number("remember"), Strict)),
        new("accounts_passwords_pam_faillock_deny", values => Between("lockout.threshold", 1, values.Number("faillock_deny"), Strict)),
        new("accounts_passwords_pam_faillock_interval", values => AtLeast("lockout.window_seconds", values.Number("interval"), Strict)),
        new("accounts_passwords_pam_faillock_unlock_time", values => values.Number("unlock_time") is > 0 and var seconds ? AtLeast("lockout.unlock_seconds", seconds, Strict) : Unlimited("lockout.unlock_seconds", Strict)),
        new("accounts_passwords_pam_faillock_deny_root", _ => True("lockout.binds_root")),

        new("accounts_password_pam_minlen", values => AtLeast("password.min_length", values.Number("minlen"), AsWritten)),
        new("accounts_password_pam_retry", values => Between("pwquality.retry", 1, values.Number("retry"), Strict)),
        new("accounts_password_pam_enforcing", _ => AtLeast("pwquality.enforcing", 1, AsWritten)),
        new("accounts_password_pam_enforce_root", _ => True("pwquality.enforce_for_root")),
        .. Quality(["minclass", "difok", "dictcheck"], AtLeast), .. Quality(["dcredit", "ucredit", "lcredit", "ocredit"], AtMost), .. Quality(["maxrepeat", "maxclassrepeat", "maxsequence"], OnAndAtMost),
    ];

    private static IEnumerable<KeyValuePair<string, Func<FixtureValues, string>>> Quality(string[] settings, Func<string, long, string, string> entry) =>
        settings.Select(name => new KeyValuePair<string, Func<FixtureValues, string>>($"accounts_password_pam_{name}", values => entry($"pwquality.{name}", values.Number(name), AsWritten)));

    // 0 switches these off.
    private static string OnAndAtMost(string id, long most, string more) => most >= 1 ? Between(id, 1, most, more) : AtMost(id, most, more);
}
