using Sandbox.Evidence.Settings;
using static Sandbox.Evidence.Policies.ExpectReader;

namespace Sandbox.Evidence.Policies.Kinds;

/// <summary>Rules on the settings of the SSH server, in the words of <c>sshd -T</c>.</summary>
internal static class SshKinds
{
    private static readonly SshSettings Source = new();

    public static IReadOnlyList<RuleKind> All { get; } =
    [
        Words("ssh.permit_root_login", "PermitRootLogin", "no", "prohibit-password", "forced-commands-only", "yes"),
        Flag("ssh.password_authentication", "PasswordAuthentication"),
        Flag("ssh.permit_empty_passwords", "PermitEmptyPasswords", Severity.High),
        Flag("ssh.pubkey_authentication", "PubkeyAuthentication"),
        Flag("ssh.kbd_interactive_authentication", "KbdInteractiveAuthentication"),
        Flag("ssh.hostbased_authentication", "HostbasedAuthentication"),
        Flag("ssh.gssapi_authentication", "GSSAPIAuthentication"),
        Flag("ssh.kerberos_authentication", "KerberosAuthentication"),
        Flag("ssh.use_pam", "UsePAM"),
        Flag("ssh.strict_modes", "StrictModes"),
        Words("ssh.ignore_rhosts", "IgnoreRhosts", "yes", "shosts-only", "no"),
        Flag("ssh.ignore_user_known_hosts", "IgnoreUserKnownHosts"),
        Any("ssh.permit_user_environment", "PermitUserEnvironment"),
        Flag("ssh.print_last_log", "PrintLastLog"),
        Flag("ssh.x11_forwarding", "X11Forwarding"),
        Flag("ssh.x11_use_localhost", "X11UseLocalhost"),
        Words("ssh.allow_tcp_forwarding", "AllowTcpForwarding", "no", "local", "remote", "yes"),
        Flag("ssh.disable_forwarding", "DisableForwarding"),
        Words("ssh.gateway_ports", "GatewayPorts", "no", "clientspecified", "yes"),
        Words("ssh.compression", "Compression", "no", "yes"),
        Words("ssh.log_level", "LogLevel", "QUIET", "FATAL", "ERROR", "INFO", "VERBOSE", "DEBUG", "DEBUG2", "DEBUG3"),
        Any("ssh.banner", "Banner"),
        Any("ssh.max_startups", "MaxStartups"),
        Number("ssh.max_auth_tries", "MaxAuthTries"),
        Number("ssh.max_sessions", "MaxSessions"),
        Number("ssh.client_alive_count_max", "ClientAliveCountMax"),
        Seconds("ssh.client_alive_interval_seconds", "ClientAliveInterval"),
        Seconds("ssh.login_grace_seconds", "LoginGraceTime"),
        List("ssh.ciphers", "Ciphers"),
        List("ssh.macs", "MACs"),
        List("ssh.kex_algorithms", "KexAlgorithms"),
        List("ssh.host_key_algorithms", "HostKeyAlgorithms"),
        List("ssh.pubkey_accepted_algorithms", "PubkeyAcceptedAlgorithms"),
    ];

    private static RuleKind Flag(string id, string name, Severity severity = Severity.Medium) => Words(id, name, "no", "yes") with { Severity = severity };

    private static RuleKind Words(string id, string name, params string[] words) => Kind(id, name, RuleDemand.Word(words), rule => new WordDemand(BothNames(rule.Words)));

    private static RuleKind Any(string id, string name) => Kind(id, name, RuleDemand.AnyWord, rule => new WordDemand(rule.Words));

    private static RuleKind Number(string id, string name) => Kind(id, name, RuleDemand.Number(0, 10_000, Between, AtLeast, AtMost), rule => new NumberDemand(rule.Least, rule.Most));

    // sshd_config(5): 0 is no limit, and no question at all.
    private static RuleKind Seconds(string id, string name) => Kind(id, name, RuleDemand.Number(0, 86_400, Between, AtLeast, AtMost), rule => new SecondsDemand(Math.Max(1, rule.Least ?? 1), rule.Most));

    private static RuleKind List(string id, string name) => Kind(id, name, RuleDemand.Only, rule => new ListDemand(rule.Words));

    private static RuleKind Kind(string id, string name, RuleDemand demand, Func<RuleSettings, ValueDemand> make) =>
        new(id, Severity.Medium, demand, rule => [new SettingRule(rule.Rule, Source, name, name, make(rule), rule.Strictness)]) { HasPlaces = true };

    // `sshd -T` says the older of two names, files either.
    private static IReadOnlyList<string> BothNames(IReadOnlyList<string> words) => words.Contains("prohibit-password") ? [.. words, "without-password"] : words;
}
