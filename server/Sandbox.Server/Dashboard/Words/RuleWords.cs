using Sandbox.Evidence;
using Sandbox.Server.Dashboard.Facts;

namespace Sandbox.Server.Dashboard.Words;

/// <summary>Rules for people; a rule that is not here is called by its own name.</summary>
internal static class RuleWords
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["password.max_age_days"] = "Password update interval",
        ["password.min_length"] = "Password length",
        ["password.history"] = "Former passwords",
        ["password.hash_scheme"] = "Hash of passwords",
        ["lockout.threshold"] = "Tries until lockout",
        ["lockout.unlock_seconds"] = "Length of a lockout",
        ["account.empty_password"] = "Empty passwords",
        ["av.running"] = "Malware scanner",
        ["av.realtime"] = "Scanning of files when they are opened",
        ["av.signature_age_hours"] = "Age of malware definitions",
        ["firewall.active"] = "Firewall",
        ["disk.os_volume_encrypted"] = "Encryption of the system's volume",
        ["backup.last_success_hours"] = "Last good backup",
        ["ssh.permit_root_login"] = "Root's login over SSH",
        ["ssh.password_authentication"] = "Passwords over SSH",
        ["ssh.permit_empty_passwords"] = "Empty passwords over SSH",
        ["sudo.nopasswd_entries"] = "sudo without a password",
        ["time.synchronised"] = "Time synchronisation",
        ["password.min_age_days"] = "Least age of passwords",
        ["password.warn_days"] = "Warning before a password ends",
        ["password.inactive_days"] = "Days until an unused account is locked",
        ["password.quality_enforced"] = "Check of new passwords",
        ["password.empty_refused"] = "Refusal of empty passwords",
        ["lockout.window_seconds"] = "Span in which wrong tries are counted",
        ["lockout.binds_root"] = "Lockout of root",
        ["account.uid_zero"] = "Further accounts with root's number",
        ["account.shared_uids"] = "Accounts that share a number",
        ["account.shared_gids"] = "Groups that share a number",
        ["account.hash_in_passwd"] = "Hashes that everybody can read",
        ["account.change_in_future"] = "Passwords changed on a day to come",
        ["account.unknown_group"] = "Accounts of unknown groups",
        ["account.shadow_members"] = "Members of the group shadow",
        ["account.system_shells"] = "Shells of system accounts",
        ["account.hash_scheme"] = "Hash of passwords that are set",
        ["firewall.front_end"] = "What sets the firewall up",
        ["updates.in_force"] = "Updates in force",
        ["updates.last_days"] = "Days since the last update",
        ["software.licences"] = "Licence",
        ["access.by_role"] = "Members by role",
        ["password.changed_since_compromise"] = "Password that others may know",
    };

    /// <summary>The rule and what of the device it was asked of.</summary>
    public static string Of(string rule, string subject) => subject switch
    {
        "" => Of(rule),
        _ => $"{Of(rule)} of {Subject(subject)}",
    };

    /// <summary>What of the device a rule was asked of.</summary>
    public static string Subject(string subject) => subject switch
    {
        LabDefault.AllAccounts => "all accounts",
        LabDefault.DirectoryAccounts => "accounts that a directory has",
        _ => subject,
    };

    /// <summary>Why there is no verdict any more: what it was about is gone, or each account has one of its own since.</summary>
    public static string Gone(string subject) => subject == LabDefault.AllAccounts ? "judged one by one" : "no longer there";

    public static string Of(string rule) => Words.TryGetValue(rule, out var words) ? words : Readable(rule.Split('.', 2));

    // shadow_copy: what is kept of it beside it.
    private static string FileWords(string[] parts) => $"{FactWords.Readable(parts[^1])} of /etc/{parts[0].Replace("_copy", "-", StringComparison.Ordinal)}";

    // A setting that many programs could have is told by its program.
    private static string Readable(string[] parts) => parts switch
    {
        ["ssh", var setting] => $"SSH: {FactWords.Readable(setting)}",
        ["sudo", var setting] => $"sudo: {FactWords.Readable(setting)}",
        ["pwquality", var setting] => $"Quality of passwords: {FactWords.Readable(setting)}",
        ["login_defs", var setting] => $"login.defs: {FactWords.Readable(setting)}",
        ["file", var what] => FileWords(what.Split('.')),
        ["pam", var setting] => $"PAM: {FactWords.Readable(setting)}",
        _ => FactWords.Readable(parts[^1]),
    };
}
