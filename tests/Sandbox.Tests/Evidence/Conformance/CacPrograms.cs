using static Sandbox.Tests.Evidence.Conformance.Entry;

namespace Sandbox.Tests.Evidence.Conformance;

/// <summary>Rules on sshd, sudo and the firewall.</summary>
internal static class CacPrograms
{
    public static IEnumerable<KeyValuePair<string, Func<FixtureValues, string>>> All { get; } =
    [
        Ssh("sshd_disable_root_login", "permit_root_login", "no"), Ssh("sshd_disable_root_password_login", "permit_root_login", "prohibit-password"), Ssh("sshd_disable_empty_passwords", "permit_empty_passwords", "no"),
        Ssh("sshd_disable_gssapi_auth", "gssapi_authentication", "no"), Ssh("sshd_enable_gssapi_auth", "gssapi_authentication", "yes"), Ssh("sshd_disable_kerb_auth", "kerberos_authentication", "no"),
        Ssh("sshd_disable_rhosts", "ignore_rhosts", "yes"), Ssh("sshd_disable_user_known_hosts", "ignore_user_known_hosts", "yes"), Ssh("disable_host_auth", "hostbased_authentication", "no"),
        Ssh("sshd_disable_x11_forwarding", "x11_forwarding", "no"), Ssh("sshd_enable_x11_forwarding", "x11_forwarding", "yes"), Ssh("sshd_x11_use_localhost", "x11_use_localhost", "yes"),
        Ssh("sshd_disable_tcp_forwarding", "allow_tcp_forwarding", "no"), Ssh("sshd_disable_forwarding", "disable_forwarding", "yes"), Ssh("sshd_disable_pubkey_auth", "pubkey_authentication", "no"),
        Ssh("sshd_enable_pubkey_auth", "pubkey_authentication", "yes"), Ssh("sshd_do_not_permit_user_env", "permit_user_environment", "no"), Ssh("sshd_enable_strictmodes", "strict_modes", "yes"),
        Ssh("sshd_enable_pam", "use_pam", "yes"), Ssh("sshd_print_last_log", "print_last_log", "yes"), Ssh("sshd_disable_compression", "compression", "no"), Ssh("sshd_set_loglevel_info", "log_level", "INFO"),
        Ssh("sshd_set_loglevel_verbose", "log_level", "VERBOSE"), Ssh("sshd_set_loglevel_info_or_verbose", "log_level", "INFO", "VERBOSE"), Ssh("sshd_enable_warning_banner", "banner", "/etc/issue"),
        Ssh("sshd_enable_warning_banner_net", "banner", "/etc/issue.net"), new("sshd_set_maxstartups", values => In("ssh.max_startups", [values["maxstartups"]], Strict)),
        new("sshd_set_max_auth_tries", values => AtMost("ssh.max_auth_tries", values.Number("max_auth_tries_value"), Strict)), new("sshd_set_max_sessions", values => AtMost("ssh.max_sessions", values.Number("max_sessions"), Strict)),
        new("sshd_set_login_grace_time", values => Between("ssh.login_grace_seconds", 1, values.Number("login_grace_time"), Strict)), new("sshd_set_keepalive", values => AtMost("ssh.client_alive_count_max", values.Number("keepalive"), Strict)),
        new("sshd_set_keepalive_0", _ => AtMost("ssh.client_alive_count_max", 0, Strict)), new("sshd_set_idle_timeout", values => Between("ssh.client_alive_interval_seconds", 1, values.Number("idle_timeout_value"), Strict)),
        new("sshd_use_approved_ciphers", values => Only("ssh.ciphers", values.Words("ciphers"), Strict)), new("sshd_use_approved_macs", values => Only("ssh.macs", values.Words("macs"), Strict)),
        new("sshd_use_strong_ciphers", values => Only("ssh.ciphers", values.Words("ciphers"), Strict)), new("sshd_use_strong_macs", values => Only("ssh.macs", values.Words("macs"), Strict)),
        new("sshd_use_strong_kex", values => Only("ssh.kex_algorithms", values.Words("kex"), Strict)),

        // Nothing of sudo may go without a password; the three rules there each look at a part of it.
        new("sudo_remove_nopasswd", _ => None("sudo.nopasswd_entries")), new("sudo_remove_no_authenticate", _ => None("sudo.nopasswd_entries")), new("sudo_require_authentication", _ => None("sudo.nopasswd_entries")),
        new("sudo_custom_logfile", values => In("sudo.logfile", [values["logfile"]], Explicit)),
        new("sudo_require_reauthentication", values => Between("sudo.timestamp_minutes", 0, values.Has("timestamp_timeout") ? values.Number("timestamp_timeout") : 1440, Strict)),
        new("sudo_add_passwd_timeout", values => Between("sudo.passwd_timeout_minutes", 0, values.Number("passwd_timeout"), Strict)),
        new("sudo_add_umask", values => NoLooser("sudo.umask", values["umask"], Strict)), new("sudoers_validate_passwd", _ => Flag("rootpw", "off") + Flag("targetpw", "off") + Flag("runaspw", "off")),
        .. ((string[])["use_pty", "noexec", "requiretty", "ignore_dot", "env_reset"]).Select(name => new KeyValuePair<string, Func<FixtureValues, string>>($"sudo_add_{name}", _ => Flag(name, "on"))),

        new("check_ufw_active", _ => In("firewall.front_end", ["ufw"])),
    ];

    private static KeyValuePair<string, Func<FixtureValues, string>> Ssh(string rule, string setting, params string[] words) => new(rule, _ => In($"ssh.{setting}", words, Strict));

    private static string Flag(string name, string value) => In($"sudo.{name}", [value], Explicit);
}
