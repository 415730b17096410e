using Google.Protobuf;
using Sandbox.Evidence;
using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>Lays out the facts of a device: one sheet per kind, also for kinds that were never reported.</summary>
internal static class FactSheets
{
    private static readonly (Fact.KindOneofCase Kind, string Title, string Name, (string, string[])[] Layout)[] Kinds =
    [
        (Fact.KindOneofCase.PasswordPolicy, "Password policy", "password_policy",
        [
            ("Length and quality", ["effective_min_length", "configured_min_length", "quality_enforced", "quality_binds_root", "dictionary_usable"]),
            ("Ageing", ["default_max_age_days", "default_min_age_days", "default_warn_days", "default_inactive_days"]),
            ("History and lockout",
                ["history", "lockout_threshold", "lockout_window_seconds", "lockout_seconds", "lockout_permanent", "lockout_binds_root"]),
            ("Storage", ["hash_scheme", "hash_rounds", "empty_passwords_accepted"]),
        ]),
        (Fact.KindOneofCase.Accounts, "Accounts", "accounts", []),
        (Fact.KindOneofCase.Antivirus, "Antivirus", "antivirus", []),
        (Fact.KindOneofCase.AdminRights, "Administration rights", "admin_rights", []),
        (Fact.KindOneofCase.RemoteAccess, "Remote access", "remote_access", []),
        (Fact.KindOneofCase.OperatingSystem, "Operating system", "operating_system",
        [
            ("System", ["name", "id", "version", "build", "family", "architecture", "installed_at"]),
            ("Running", ["host_name", "kernel", "booted_at", "restart_required", "time_zone", "machine_id", "boot_id"]),
        ]),
        (Fact.KindOneofCase.Hardware, "Hardware", "hardware",
        [
            ("Machine", ["manufacturer", "product", "serial_number", "system_uuid", "chassis", "firmware", "virtualisation"]),
            ("Processor and memory", ["processor", "cores", "logical_processors", "memory_bytes"]),
        ]),
        (Fact.KindOneofCase.NetworkInterfaces, "Network", "network_interfaces", []),
        (Fact.KindOneofCase.Firewall, "Firewall", "firewall", []),
        (Fact.KindOneofCase.Storage, "Storage", "storage", []),
        (Fact.KindOneofCase.Encryption, "Encryption", "encryption", []),
        (Fact.KindOneofCase.Backup, "Backup", "backup", []),
        (Fact.KindOneofCase.Printing, "Printing", "printing", []),
        (Fact.KindOneofCase.Shares, "Shared folders", "shares", []),
        (Fact.KindOneofCase.Services, "Services", "services", []),
        (Fact.KindOneofCase.Software, "Software", "software", []),
        (Fact.KindOneofCase.Neighbours, "Neighbours", "neighbours", []),
        (Fact.KindOneofCase.Wifi, "Wireless networks", "wifi", [("Interfaces", ["interfaces"])]),
        (Fact.KindOneofCase.Sessions, "Sessions", "sessions", []),
        (Fact.KindOneofCase.TimeSync, "Time", "time_sync", [("Clock", ["synchronised"])]),
        (Fact.KindOneofCase.AgentHealth, "Agent", "agent_health",
        [
            ("Agent", ["version", "started_at", "user", "privileged", "clock_offset_ms"]),
            ("Cost", ["cpu_seconds", "resident_bytes", "spool_bytes", "spool_limit_bytes", "unacknowledged_reports"]),
        ]),
    ];

    /// <summary>All sheets, in reading order.</summary>
    /// <param name="facts">What the device has reported.</param>
    /// <param name="toServer">Turns an instant of the device's clock into one of the server's.</param>
    /// <param name="page">Address of the device's page.</param>
    public static IReadOnlyList<FactSheet> Of(DeviceFacts facts, Func<DateTimeOffset, DateTimeOffset> toServer, string page) =>
        [.. Kinds.Select(kind => Sheet(kind.Kind, kind.Title, kind.Name, kind.Layout, facts[kind.Kind], toServer, page))];

    private static FactSheet Sheet(
        Fact.KindOneofCase kind, string title, string name, (string, string[])[] layout, ReportedFact? fact, Func<DateTimeOffset, DateTimeOffset> toServer, string page)
    {
        if (fact is null) return new FactSheet { Title = title, Name = name };
        var message = Content(fact.Fact);
        return new FactSheet
        {
            Title = title, Name = name, ChangedAt = toServer(fact.ChangedAt), VerifiedAt = toServer(fact.VerifiedAt),
            Groups = kind switch
            {
                Fact.KindOneofCase.Software => SoftwareValues.Of(fact.Fact.Software, page),
                Fact.KindOneofCase.Antivirus => AntivirusTables.Names(fact.Fact.Antivirus),
                Fact.KindOneofCase.Firewall => FirewallTables.Values(fact.Fact.Firewall),
                _ => FactReader.Read(name, message, layout, toServer),
            },
            Tables = FactTables.Of(fact.Fact),
            Unseen = UnseenOf(message),
        };
    }

    private static IMessage Content(Fact fact) =>
        (IMessage)Fact.Descriptor.Oneofs[0].Accessor.GetCaseFieldDescriptor(fact).Accessor.GetValue(fact);

    /// <summary>What the device looked for and could not see.</summary>
    public static IReadOnlyList<Unseen> UnseenOf(IMessage message) =>
        message.Descriptor.FindFieldByName("unseen") is { } field ? [.. ((System.Collections.IList)field.Accessor.GetValue(message)).Cast<Unseen>()] : [];
}
