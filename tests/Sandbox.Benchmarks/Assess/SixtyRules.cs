using Sandbox.Evidence.Policies;

namespace Sandbox.Benchmarks.Assess;

/// <summary>A policy of 60 rules, strict ones among them: about what CIS and STIG together ask for of what a device reports.</summary>
internal static class SixtyRules
{
    public const int Count = 60;

    private const string Text = """
        schema: 1
        id: sixty
        version: 1
        title: Sixty rules
        rules:
          - { id: password.max_age_days, expect: { op: between, min: 1, max: 365 }, grace_days: 7 }
          - { id: password.min_age_days, expect: { op: ">=", value: 1 } }
          - { id: password.warn_days, expect: { op: ">=", value: 7 }, require_explicit: true }
          - { id: password.inactive_days, expect: { op: "<=", value: 45 } }
          - { id: password.min_length, expect: { op: ">=", value: 14 }, strict_conflicts: true }
          - { id: password.history, expect: { op: ">=", value: 24 } }
          - { id: password.hash_scheme, expect: { op: in, values: [yescrypt] } }
          - { id: password.quality_enforced, expect: { op: eq, value: true } }
          - { id: password.empty_refused, expect: { op: eq, value: true } }
          - { id: login_defs.encrypt_method, expect: { op: in, values: [YESCRYPT, SHA512] } }
          - { id: login_defs.umask, expect: { op: no_looser, value: "027" } }
          - { id: lockout.threshold, expect: { op: between, min: 1, max: 4 }, strict_conflicts: true }
          - { id: lockout.unlock_seconds, expect: { op: ">=", value: 900 } }
          - { id: lockout.window_seconds, expect: { op: ">=", value: 900 } }
          - { id: lockout.binds_root, expect: { op: eq, value: true } }
          - { id: pwquality.minclass, expect: { op: ">=", value: 4 } }
          - { id: pwquality.difok, expect: { op: ">=", value: 2 } }
          - { id: pwquality.maxrepeat, expect: { op: between, min: 1, max: 3 } }
          - { id: pwquality.maxsequence, expect: { op: between, min: 1, max: 3 } }
          - { id: pwquality.dictcheck, expect: { op: ">=", value: 1 } }
          - { id: pwquality.retry, expect: { op: between, min: 1, max: 3 } }
          - { id: account.empty_password, expect: { op: count, value: 0 } }
          - { id: account.uid_zero, expect: { op: count, value: 0 } }
          - { id: account.shared_uids, expect: { op: count, value: 0 } }
          - { id: account.shared_gids, expect: { op: count, value: 0 } }
          - { id: account.hash_in_passwd, expect: { op: count, value: 0 } }
          - { id: account.change_in_future, expect: { op: count, value: 0 } }
          - { id: file.passwd.mode, expect: { op: no_looser, value: "0644" } }
          - { id: file.shadow.mode, expect: { op: no_looser, value: "0640" } }
          - { id: file.shadow.owner, expect: { op: in, values: [root] } }
          - { id: file.group.mode, expect: { op: no_looser, value: "0644" } }
          - { id: av.running, expect: { op: eq, value: true } }
          - { id: av.realtime, expect: { op: eq, value: true } }
          - { id: av.signature_age_hours, expect: { op: "<=", value: 72 } }
          - { id: firewall.active, expect: { op: eq, value: true } }
          - { id: firewall.front_end, expect: { op: in, values: [ufw, nftables] } }
          - { id: disk.os_volume_encrypted, expect: { op: eq, value: true } }
          - { id: time.synchronised, expect: { op: eq, value: true } }
          - { id: updates.in_force, expect: { op: eq, value: true } }
          - { id: backup.last_success_hours, expect: { op: "<=", value: 26 } }
          - { id: ssh.permit_root_login, expect: { op: in, values: ["no"] }, strict_conflicts: true, require_explicit: true }
          - { id: ssh.permit_empty_passwords, expect: { op: in, values: ["no"] }, require_explicit: true }
          - { id: ssh.hostbased_authentication, expect: { op: in, values: ["no"] } }
          - { id: ssh.gssapi_authentication, expect: { op: in, values: ["no"] } }
          - { id: ssh.ignore_rhosts, expect: { op: in, values: ["yes"] } }
          - { id: ssh.permit_user_environment, expect: { op: in, values: ["no"] } }
          - { id: ssh.x11_forwarding, expect: { op: in, values: ["no"] } }
          - { id: ssh.allow_tcp_forwarding, expect: { op: in, values: ["no"] } }
          - { id: ssh.use_pam, expect: { op: in, values: ["yes"] } }
          - { id: ssh.log_level, expect: { op: in, values: [INFO, VERBOSE] } }
          - { id: ssh.max_auth_tries, expect: { op: "<=", value: 4 } }
          - { id: ssh.max_sessions, expect: { op: "<=", value: 10 } }
          - { id: ssh.login_grace_seconds, expect: { op: between, min: 1, max: 60 } }
          - { id: ssh.client_alive_interval_seconds, expect: { op: between, min: 1, max: 600 } }
          - { id: ssh.macs, expect: { op: only, values: [hmac-sha2-256-etm@openssh.com, hmac-sha2-512-etm@openssh.com] } }
          - { id: ssh.banner, expect: { op: in, values: [/etc/issue.net] } }
          - { id: sudo.nopasswd_entries, expect: { op: count, value: 0 } }
          - { id: sudo.use_pty, expect: { op: in, values: ["on"] }, require_explicit: true }
          - { id: sudo.logfile, expect: { op: in, values: [/var/log/sudo.log] } }
          - { id: sudo.timestamp_minutes, expect: { op: between, min: 0, max: 15 } }
        """;

    /// <summary>The policy.</summary>
    public static Policy Policy { get; } = Read();

    private static Policy Read()
    {
        var reading = PolicyReader.Read(Text);
        return reading.Policy is { Rules: Count } policy ? policy : throw new InvalidOperationException($"These are no {Count} rules: {string.Join("; ", reading.Faults)}");
    }
}
