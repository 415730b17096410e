namespace Sandbox.Server.Dashboard.Facts;

/// <summary>What fields are called, and what it means when a device does not say. Fields that are not here are called by their own name.</summary>
internal static class FactWords
{
    private static readonly Dictionary<string, (string Label, string Absent)> Words = new(StringComparer.Ordinal)
    {
        ["hardware.serial_number"] = ("Serial number", "not readable, or none given"),
        ["hardware.system_uuid"] = ("System UUID", "not readable, or none given"),
        ["hardware.manufacturer"] = ("Manufacturer", "the firmware does not say"),
        ["hardware.product"] = ("Product", "the firmware does not say"),
        ["hardware.chassis"] = ("Chassis", "the firmware does not say"),
        ["hardware.firmware"] = ("Firmware", "the firmware does not say"),
        ["hardware.virtualisation"] = ("Virtualisation", "none recognised"),
        ["hardware.logical_processors"] = ("Hardware threads", "not known"),
        ["hardware.memory_bytes"] = ("Memory", "not known"),
        ["operating_system.id"] = ("Distribution", "not known"),
        ["operating_system.build"] = ("Point release", "the system keeps none"),
        ["operating_system.version"] = ("Version", "none: a rolling release"),
        ["operating_system.booted_at"] = ("Started", "not known"),
        ["operating_system.installed_at"] = ("Installed", "not known"),
        ["operating_system.boot_id"] = ("Boot id", "not known"),
        ["operating_system.machine_id"] = ("Machine id", "none, or not yet made"),
        ["operating_system.time_zone"] = ("Time zone", "not configured: UTC"),
        ["operating_system.restart_required"] = ("Restart wanted", "this system keeps no such mark"),
        ["network_interfaces.gateways"] = ("Gateways", "none"),
        ["network_interfaces.name_servers"] = ("Name servers", "none"),
        ["printing.installed"] = ("CUPS is installed", "not known"),
        ["printing.source"] = ("How queues are known", "nothing tells"),
        ["printing.known_from"] = ("Known from", "nothing tells"),
        ["printing.default_queue"] = ("Default queue", "none, or not known"),
        ["backup.installed"] = ("Backup programs", "none of those that are known"),
        ["wifi.interfaces"] = ("Wireless interfaces", "none"),
        ["time_sync.synchronised"] = ("Clock synchronised", "not known"),
        ["accounts.uid_min"] = ("First uid of people", "not configured; 1000 is usual"),
        ["accounts.hash_in_passwd"] = ("Hash in readable /etc/passwd", "none"),
        ["accounts.directories"] = ("Other account databases", "none"),
        ["admin_rights.sudo_installed"] = ("sudo is installed", "cannot be told"),
        ["admin_rights.files"] = ("Files with rules", "none was read"),
        ["admin_rights.directories"] = ("Rules kept elsewhere", "none"),
        ["remote_access.sshd_installed"] = ("SSH server is installed", "cannot be told"),
        ["remote_access.sshd_enabled"] = ("SSH server starts with the system", "cannot be told"),
        ["remote_access.sshd_running"] = ("SSH server runs", "cannot be told"),
        ["remote_access.sshd_listening"] = ("SSH server listens on", "nothing, or it cannot be told"),
        ["password_policy.effective_min_length"] = ("Minimum length in force", "nothing checks length, or it cannot be told"),
        ["password_policy.configured_min_length"] = ("Minimum length as configured", "not configured"),
        ["password_policy.quality_enforced"] = ("Quality check refuses", "cannot be told"),
        ["password_policy.quality_binds_root"] = ("Quality check binds root", "cannot be told"),
        ["password_policy.dictionary_usable"] = ("Dictionary check works", "no dictionary check configured"),
        ["password_policy.default_max_age_days"] = ("Maximum age of new accounts", "not configured"),
        ["password_policy.default_min_age_days"] = ("Minimum age of new accounts", "not configured"),
        ["password_policy.default_warn_days"] = ("Warning before expiry", "not configured"),
        ["password_policy.default_inactive_days"] = ("Locked after expiry", "not configured"),
        ["password_policy.history"] = ("Former passwords refused", "nothing remembers any"),
        ["password_policy.lockout_threshold"] = ("Wrong tries until lockout", "nothing locks"),
        ["password_policy.lockout_window_seconds"] = ("Tries counted within", "no lockout"),
        ["password_policy.lockout_seconds"] = ("Locked for", "no lockout, or only an administrator opens it"),
        ["password_policy.lockout_permanent"] = ("Only an administrator opens", "no lockout"),
        ["password_policy.lockout_binds_root"] = ("Lockout binds root", "no lockout, or cannot be told"),
        ["password_policy.hash_scheme"] = ("Hash of new passwords", "nothing that is in force says"),
        ["password_policy.hash_rounds"] = ("Hash cost", "the scheme's default"),
        ["password_policy.empty_passwords_accepted"] = ("Empty passwords accepted", "cannot be told"),
        ["agent_health.cpu_seconds"] = ("Processor time since its start", "not known"),
        ["agent_health.resident_bytes"] = ("Resident memory", "not known"),
        ["agent_health.spool_bytes"] = ("Spool", "not known"),
        ["agent_health.spool_limit_bytes"] = ("Spool limit", "not known"),
        ["agent_health.unacknowledged_reports"] = ("Reports waiting", "not known"),
        ["agent_health.privileged"] = ("May read everything", "not known"),
        ["agent_health.clock_offset_ms"] = ("Clock against the server", "not measured yet"),
        ["agent_health.started_at"] = ("Started", "not known"),
    };

    // Words that leave it open already.
    private static readonly string[] Open = ["not known", "cannot be told", "not readable"];

    public static string Label(string path) => Words.TryGetValue(path, out var words) ? words.Label : Readable(path[(path.LastIndexOf('.') + 1)..]);

    /// <summary>What it means that a value is absent.</summary>
    /// <param name="path">The field.</param>
    /// <param name="isPartlyUnseen">The fact names something that could not be seen: it may be this.</param>
    public static string Absent(string path, bool isPartlyUnseen)
    {
        var absent = Words.TryGetValue(path, out var words) ? words.Absent : "not known";
        return isPartlyUnseen && !Open.Any(word => absent.Contains(word, StringComparison.Ordinal)) ? $"{absent}, or it could not be seen" : absent;
    }

    /// <summary><c>no_login</c> as <c>No login</c>.</summary>
    public static string Readable(string name)
    {
        var text = name.Replace('_', ' ').ToLowerInvariant();
        return text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
    }
}
