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

    public static string Of(string rule) => Words.TryGetValue(rule, out var words) ? words : FactWords.Readable(rule[(rule.IndexOf('.', StringComparison.Ordinal) + 1)..]);
}
