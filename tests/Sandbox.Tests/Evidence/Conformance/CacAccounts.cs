using static Sandbox.Tests.Evidence.Conformance.Entry;

namespace Sandbox.Tests.Evidence.Conformance;

/// <summary>Rules on accounts and their files.</summary>
internal static class CacAccounts
{
    private const string Existing = "scope: [accounts]";

    public static IEnumerable<KeyValuePair<string, Func<FixtureValues, string>>> All { get; } =
    [
        new("account_unique_id", _ => None("account.shared_uids")),
        new("no_duplicate_uids", _ => None("account.shared_uids")),
        new("group_unique_id", _ => None("account.shared_gids")),
        new("accounts_no_uid_except_zero", _ => None("account.uid_zero")),
        new("accounts_password_all_shadowed", _ => None("account.hash_in_passwd")),
        new("accounts_password_last_change_is_in_past", _ => None("account.change_in_future")),
        new("accounts_password_all_shadowed_sha512", _ => In("account.hash_scheme", ["sha512", "yescrypt"])),
        new("gid_passwd_group_same", _ => None("account.unknown_group")),
        new("ensure_shadow_group_empty", _ => None("account.shadow_members")),
        new("no_shelllogin_for_systemaccounts", _ => None("account.system_shells")),
        new("no_empty_passwords_etc_shadow", _ => None("account.empty_password")),

        // What the account is set to, and not whether somebody is late. An account without any password is one that never has to change it there; ours says
        // that by a rule of its own.
        new("accounts_password_set_max_life_existing", values => Between("password.max_age_days", Math.Max(1, values.Number("minimum_age_login_defs")), values.Number("maximum_age_login_defs"), $"{Existing}, value: configured") + None("account.empty_password")),
        new("accounts_password_set_min_life_existing", values => AtLeast("password.min_age_days", values.Number("minimum_age_login_defs"), Existing) + None("account.empty_password")),
        new("accounts_password_set_warn_age_existing", values => AtLeast("password.warn_days", values.Number("warn_age_login_defs"), Existing)),
        new("accounts_set_post_pw_existing", values => Between("password.inactive_days", 0, values.Number("post_pw_expiration"), Existing)),

        .. Files("", ""), .. Files("backup_", "_copy"),
    ];

    private static IEnumerable<KeyValuePair<string, Func<FixtureValues, string>>> Files(string prefix, string suffix) =>
    [
        .. File(prefix, suffix, "passwd", "0644"), .. File(prefix, suffix, "group", "0644"), .. File(prefix, suffix, "shadow", "0640", "shadow", "42"), .. File(prefix, suffix, "gshadow", "0640", "shadow", "42"),
    ];

    // The modes of Debian's own files. Number 42 is Debian's group shadow, for trees without an /etc/group.
    private static IEnumerable<KeyValuePair<string, Func<FixtureValues, string>>> File(string prefix, string suffix, string name, string mode, params string[] groups) =>
    [
        new($"file_permissions_{prefix}etc_{name}", _ => NoLooser($"file.{name}{suffix}.mode", mode)),
        new($"file_owner_{prefix}etc_{name}", _ => In($"file.{name}{suffix}.owner", ["root", "0"])),
        new($"file_groupowner_{prefix}etc_{name}", _ => In($"file.{name}{suffix}.group", [.. groups, "root", "0"])),
    ];
}
