namespace Sandbox.Agent.RemoteAccess.Ssh;

/// <summary>A setting of sshd_config(5) that is reported.</summary>
/// <param name="Name">As the manual writes it.</param>
/// <param name="Default">Of OpenSSH 9.2 on Debian 12, as <c>sshd -T</c> prints it. Null: it has none.</param>
/// <param name="Read">What the arguments mean, in the words of <c>sshd -T</c>. Null: nothing that sshd takes.</param>
/// <param name="Adds">Every line adds to the list; otherwise the first one counts.</param>
internal sealed record SshdKeyword(string Name, string? Default, Func<IReadOnlyList<string>, string?> Read, bool Adds = false);

/// <summary>The settings that are reported, by any name that sshd knows them under.</summary>
internal static class SshdKeywords
{
    private static readonly Func<IReadOnlyList<string>, string?> Flag = SshdValue.Flag;

    /// <summary>Sorted by name.</summary>
    public static IReadOnlyList<SshdKeyword> All { get; } =
    [
        new("AddressFamily", "any", SshdValue.OneOf("any", "inet", "inet6")),
        new("AllowAgentForwarding", "yes", Flag),
        new("AllowGroups", null, SshdValue.Texts, Adds: true),
        new("AllowStreamLocalForwarding", "yes", SshdValue.Forwarding),
        new("AllowTcpForwarding", "yes", SshdValue.Forwarding),
        new("AllowUsers", null, SshdValue.Texts, Adds: true),
        new("AuthenticationMethods", "any", SshdValue.Texts),
        new("AuthorizedKeysFile", ".ssh/authorized_keys .ssh/authorized_keys2", SshdValue.Texts),
        new("Banner", "none", SshdValue.Path),
        new("ChrootDirectory", "none", SshdValue.Path),
        new("Ciphers", SshdAlgorithms.Ciphers, values => SshdAlgorithms.Assemble(SshdAlgorithms.Ciphers, values)),
        new("ClientAliveCountMax", "3", SshdValue.Number),
        new("ClientAliveInterval", "0", SshdValue.Time),
        new("Compression", "yes", SshdValue.OneOf("yes", "delayed=yes", "no")),
        new("DenyGroups", null, SshdValue.Texts, Adds: true),
        new("DenyUsers", null, SshdValue.Texts, Adds: true),
        new("DisableForwarding", "no", Flag),
        new("GSSAPIAuthentication", "no", Flag),
        new("GatewayPorts", "no", SshdValue.OneOf("clientspecified", "yes", "no")),
        new("HostKey", "/etc/ssh/ssh_host_rsa_key /etc/ssh/ssh_host_ecdsa_key /etc/ssh/ssh_host_ed25519_key", SshdValue.Path, Adds: true),
        new("HostKeyAlgorithms", SshdAlgorithms.PublicKeys, values => SshdAlgorithms.Assemble(SshdAlgorithms.PublicKeys, values)),
        new("HostbasedAuthentication", "no", Flag),
        new("IgnoreRhosts", "yes", SshdValue.OneOf("yes", "no", "shosts-only")),
        new("IgnoreUserKnownHosts", "no", Flag),
        new("KbdInteractiveAuthentication", "yes", Flag),
        new("KerberosAuthentication", "no", Flag),
        new("KexAlgorithms", SshdAlgorithms.KeyExchange, values => SshdAlgorithms.Assemble(SshdAlgorithms.KeyExchange, values)),
        new("ListenAddress", null, SshdValue.First, Adds: true),
        new("LogLevel", "INFO", SshdValue.LogLevel),
        new("LoginGraceTime", "120", SshdValue.Time),
        new("MACs", SshdAlgorithms.Macs, values => SshdAlgorithms.Assemble(SshdAlgorithms.Macs, values)),
        new("MaxAuthTries", "6", SshdValue.Number),
        new("MaxSessions", "10", SshdValue.Number),
        new("MaxStartups", "10:30:100", SshdValue.MaxStartups),
        new("PasswordAuthentication", "yes", Flag),
        new("PermitEmptyPasswords", "no", Flag),
        new("PermitRootLogin", "without-password", SshdValue.OneOf("without-password", "prohibit-password=without-password", "forced-commands-only", "yes", "no")),
        new("PermitTTY", "yes", Flag),
        new("PermitTunnel", "no", SshdValue.OneOf("point-to-point", "ethernet", "yes", "no")),
        new("PermitUserEnvironment", "no", SshdValue.First),
        new("PermitUserRC", "yes", Flag),
        new("Port", "22", SshdValue.Port, Adds: true),
        new("PrintLastLog", "yes", Flag),
        // Since OpenSSH 7.6 there is protocol 2 alone, and the keyword says nothing.
        new("Protocol", "2", _ => "2"),
        new("PubkeyAcceptedAlgorithms", SshdAlgorithms.PublicKeys, values => SshdAlgorithms.Assemble(SshdAlgorithms.PublicKeys, values)),
        new("PubkeyAuthentication", "yes", Flag),
        new("RequiredRSASize", "1024", SshdValue.Number),
        new("StrictModes", "yes", Flag),
        new("SyslogFacility", "AUTH", SshdValue.Upper),
        new("TCPKeepAlive", "yes", Flag),
        new("TrustedUserCAKeys", "none", SshdValue.Path),
        new("UseDNS", "no", Flag),
        new("UsePAM", "no", Flag),
        new("X11Forwarding", "no", Flag),
        new("X11UseLocalhost", "yes", Flag),
    ];

    // Names of former times, as servconf.c still takes them.
    private static readonly Dictionary<string, string> Former = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ChallengeResponseAuthentication"] = "KbdInteractiveAuthentication",
        ["SkeyAuthentication"] = "KbdInteractiveAuthentication",
        ["DSAAuthentication"] = "PubkeyAuthentication",
        ["PubkeyAcceptedKeyTypes"] = "PubkeyAcceptedAlgorithms",
        ["HostDSAKey"] = "HostKey",
        ["KeepAlive"] = "TCPKeepAlive",
    };

    private static readonly Dictionary<string, SshdKeyword> ByName = All.ToDictionary(keyword => keyword.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The setting that a keyword names, in any case. Null: none that is reported.</summary>
    public static SshdKeyword? Find(string keyword) => ByName.GetValueOrDefault(Former.GetValueOrDefault(keyword, keyword));
}
