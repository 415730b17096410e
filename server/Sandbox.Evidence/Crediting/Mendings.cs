using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Licences;
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
            act => Trace.IsRunOnFile(act, "/etc/login.defs", "/etc/security/", "/etc/pam.d/", "/etc/default/useradd") || Trace.IsRunOf(act, "pam-auth-update", "authselect") || Trace.IsOnPackage(act, "libpam-"))
        {
            Rules = ["password.", "lockout.", "pwquality.", "pam."],
        },

        new("1.4", "remote_access.mended", "a setting of the SSH server that failed and was put right", Fact.KindOneofCase.RemoteAccess, act => Trace.IsRunOnFile(act, "/etc/ssh/")),

        new("1.8", "licences.mended", "software without a licence that was removed", Fact.KindOneofCase.Software,
            act => act.Action == Action.Remove || Trace.IsRunWith(act, "snap", "remove") || Trace.IsRunWith(act, "flatpak", "uninstall", "remove"))
        {
            Rules = [LicenceRegister.Rule],
            Fits = (item, act) => act.Objects.Where(one => one is { Kind: "package", HasName: true }).Select(one => one.Name).Concat(act.Arguments).Any(name => ProductName.Fits(RuleMended.Subject(item), name)),
        },

        new("4.3", "firewall.mended", "a firewall that let everything in and was put right", Fact.KindOneofCase.Firewall,
            act => Trace.IsRunWith(act, "ufw", "enable", "default", "allow", "deny", "reject", "limit", "insert", "delete", "reload", "reset")
                || Trace.IsRunWith(act, "nft", "-f", "add", "insert", "delete", "flush", "create", "destroy", "replace") || Trace.IsRunWithLike(act, "firewall-cmd", "--reload", "--add-", "--remove-", "--set-")
                || Trace.IsRunOf(act, "iptables-restore", "ip6tables-restore") || Trace.IsRunOnFile(act, "/etc/nftables", "/etc/ufw/", "/etc/firewalld/")
                || Trace.IsOnService(act, "nftables", "ufw", "firewalld", "netfilter-persistent") || Trace.IsOnPackage(act, "ufw", "nftables", "firewalld", "iptables-persistent"))
        {
            Rules = [FirewallActive.Rule],
        },

        new("4.3", "scanner.mended", "a malware scanner that was missing or off and was put right", Fact.KindOneofCase.Antivirus,
            act => Trace.IsOnService(act, "clamav-daemon", "clamav-clamonacc", "clamd", "mdatp") || Trace.IsOnPackage(act, "clamav", "mdatp") || Trace.IsRunOnFile(act, "/etc/clamav/"))
        {
            Rules = [ScannerRuns.Rule, RealTimeScanning.Rule], InEarnest = LooksAway.NoMore,
        },

        new("4.8", "backup.mended", "a backup that was missing or too old and was made", Fact.KindOneofCase.Backup,
            act => Trace.IsRunWith(act, "restic", "backup") || Trace.IsRunWith(act, "borg", "create") || Trace.IsRunWith(act, "timeshift", "--create") || Trace.IsRunWith(act, "duplicity", "full", "incr") || Trace.IsOnService(act, "restic", "borg", "backup", "timeshift"))
        {
            InEarnest = (_, after) => BackedUp.IsSomething(after.Backup), HappensByItself = true, WearsOff = true,
        },

        new("7.2", "rights.mended", "sudo rules without a password that were put right", Fact.KindOneofCase.AdminRights,
            act => (Trace.IsRunOf(act, "visudo") && !Trace.OnlyLooks(act)) || Trace.IsRunOnFile(act, "/etc/sudoers")
                || (act.Action == Action.RemoveMember && act.Objects.Any(one => one.HasDetail && one.Detail.Split(", ").Any(group => group is "sudo" or "wheel" or "admin"))))
        {
            Rules = [SudoWithoutPassword.Rule],
        },

        new("7.3", "definitions.mended", "definitions of malware that were too old and were renewed", Fact.KindOneofCase.Antivirus,
            act => Trace.IsRunBare(act, "freshclam") || Trace.IsOnService(act, "clamav-freshclam") || Trace.IsRunOnFile(act, "/etc/clamav/"))
        {
            Rules = [SignatureAge.Rule], InEarnest = LooksAway.NoMore, HappensByItself = true, WearsOff = true,
        },

        new("7.5", "encryption.mended", "the system's volume that was open and was encrypted", Fact.KindOneofCase.Encryption, act => Trace.IsRunWith(act, "cryptsetup", "luksFormat", "reencrypt") || Trace.IsRunOf(act, "cryptsetup-reencrypt")),
    ];
}
