using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Machines;
using Sandbox.Protocol;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Evidence.Crediting;

/// <summary>Which mended rules count for which line. Which file or program holds a setting is the machine's business: whoever worked on one of them while it changed did it.</summary>
internal static class Mendings
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Mending> All { get; } =
    [
        new("1.3", "policy.mended", "a rule for passwords that failed and was put right", Fact.KindOneofCase.PasswordPolicy,
            act => Trace.IsRunOnFile(act, "/etc/login.defs", "/etc/security/", "/etc/pam.d/", "/etc/default/useradd") || Trace.IsRunOf(act, "pam-auth-update", "authselect") || Trace.IsOnPackage(act, "libpam-")),

        new("1.4", "remote_access.mended", "a setting of the SSH server that failed and was put right", Fact.KindOneofCase.RemoteAccess, act => Trace.IsRunOnFile(act, "/etc/ssh/")),

        new("4.3", "firewall.mended", "a firewall that let everything in and was put right", Fact.KindOneofCase.Firewall,
            act => Trace.IsRunOf(act, "ufw", "nft", "firewall-cmd", "iptables", "ip6tables", "iptables-restore", "netfilter-persistent") || Trace.IsRunOnFile(act, "/etc/nftables", "/etc/ufw/", "/etc/firewalld/")
                || Trace.IsOnService(act, "nftables", "ufw", "firewalld", "netfilter-persistent") || Trace.IsOnPackage(act, "ufw", "nftables", "firewalld", "iptables-persistent")),

        new("4.3", "scanner.mended", "a malware scanner that was missing or off and was put right", Fact.KindOneofCase.Antivirus,
            act => Trace.IsOnService(act, "clamav-daemon", "clamav-clamonacc", "clamd", "mdatp") || Trace.IsOnPackage(act, "clamav", "mdatp") || Trace.IsRunOnFile(act, "/etc/clamav/"))
        {
            Rules = [ScannerRuns.Rule, RealTimeScanning.Rule],
        },

        new("4.8", "backup.mended", "a backup that was missing or too old and was made", Fact.KindOneofCase.Backup,
            act => Trace.IsRunOf(act, "restic", "borg", "timeshift", "duplicity") || Trace.IsOnService(act, "restic", "borg", "backup", "timeshift"))
        {
            HappensByItself = true,
        },

        new("7.2", "rights.mended", "sudo rules without a password that were put right", Fact.KindOneofCase.AdminRights,
            act => Trace.IsRunOf(act, "visudo") || Trace.IsRunOnFile(act, "/etc/sudoers") || act.Action is Action.RemoveMember or Action.RemoveAccount or Action.RemoveGroup),

        new("7.3", "definitions.mended", "definitions of malware that were too old and were renewed", Fact.KindOneofCase.Antivirus,
            act => Trace.IsRunOf(act, "freshclam", "mdatp") || Trace.IsOnService(act, "clamav-freshclam") || Trace.IsRunOnFile(act, "/etc/clamav/"))
        {
            Rules = [SignatureAge.Rule], HappensByItself = true,
        },

        new("7.5", "encryption.mended", "the system's volume that was open and was encrypted", Fact.KindOneofCase.Encryption, act => Trace.IsRunOf(act, "cryptsetup", "cryptsetup-reencrypt")),
    ];
}
