using Sandbox.Agent.Collecting.Settings;

namespace Sandbox.Agent.RemoteAccess.Ssh;

/// <summary>Lists of algorithms: the defaults of OpenSSH 9.2 on Debian 12, and what <c>+</c>, <c>-</c> and <c>^</c> make of them.</summary>
internal static class SshdAlgorithms
{
    public const string Ciphers = "chacha20-poly1305@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr,aes128-gcm@openssh.com,aes256-gcm@openssh.com";

    public const string Macs = "umac-64-etm@openssh.com,umac-128-etm@openssh.com,hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,"
        + "hmac-sha1-etm@openssh.com,umac-64@openssh.com,umac-128@openssh.com,hmac-sha2-256,hmac-sha2-512,hmac-sha1";

    public const string KeyExchange = "sntrup761x25519-sha512,sntrup761x25519-sha512@openssh.com,curve25519-sha256,curve25519-sha256@libssh.org,"
        + "ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,diffie-hellman-group-exchange-sha256,diffie-hellman-group16-sha512,"
        + "diffie-hellman-group18-sha512,diffie-hellman-group14-sha256";

    public const string PublicKeys = "ssh-ed25519-cert-v01@openssh.com,ecdsa-sha2-nistp256-cert-v01@openssh.com,"
        + "ecdsa-sha2-nistp384-cert-v01@openssh.com,ecdsa-sha2-nistp521-cert-v01@openssh.com,sk-ssh-ed25519-cert-v01@openssh.com,"
        + "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com,rsa-sha2-512-cert-v01@openssh.com,rsa-sha2-256-cert-v01@openssh.com,ssh-ed25519,"
        + "ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,sk-ssh-ed25519@openssh.com,sk-ecdsa-sha2-nistp256@openssh.com,"
        + "rsa-sha2-512,rsa-sha2-256";

    /// <summary>Appends, removes or puts first what the argument names; without a sign it takes the place of the default. Null: not one argument.</summary>
    public static string? Assemble(string standard, IReadOnlyList<string> values)
    {
        if (values is not [{ Length: > 0 } value]) return null;
        var named = value[1..].Split(',', StringSplitOptions.RemoveEmptyEntries);
        var usual = standard.Split(',');
        return value[0] switch
        {
            '+' => string.Join(',', usual.Union(named)),
            '-' => string.Join(',', usual.Where(one => !named.Any(pattern => Glob.Matches(pattern, one)))),
            '^' => string.Join(',', named.Union(usual)),
            _ => value,
        };
    }
}
