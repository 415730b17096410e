using System.Globalization;
using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>The lists inside facts: disks, interfaces, accounts, settings with their provenance, collectors.</summary>
internal static class FactTables
{
    public static IReadOnlyList<FactTable> Of(Fact fact) => fact.KindCase switch
    {
        Fact.KindOneofCase.Hardware => [Disks(fact.Hardware)],
        Fact.KindOneofCase.NetworkInterfaces => [Interfaces(fact.NetworkInterfaces)],
        Fact.KindOneofCase.Accounts => AccountTables.Of(fact.Accounts),
        Fact.KindOneofCase.Neighbours => NeighbourTables.Of(fact.Neighbours),
        Fact.KindOneofCase.Wifi => WifiTables.Of(fact.Wifi),
        Fact.KindOneofCase.Sessions => SessionTables.Of(fact.Sessions),
        Fact.KindOneofCase.TimeSync => TimeTables.Of(fact.TimeSync),
        Fact.KindOneofCase.Software => SoftwareTables.Of(fact.Software),
        Fact.KindOneofCase.PasswordPolicy => [SettingTable.Of("Where each setting comes from", "password_policy.settings", fact.PasswordPolicy.Settings), Pam(fact.PasswordPolicy)],
        Fact.KindOneofCase.Antivirus => AntivirusTables.Of(fact.Antivirus),
        Fact.KindOneofCase.AdminRights => AdminRightsTables.Of(fact.AdminRights),
        Fact.KindOneofCase.RemoteAccess => RemoteAccessTables.Of(fact.RemoteAccess),
        Fact.KindOneofCase.Firewall => FirewallTables.Of(fact.Firewall),
        Fact.KindOneofCase.Encryption => EncryptionTables.Of(fact.Encryption),
        Fact.KindOneofCase.Backup => BackupTables.Of(fact.Backup),
        Fact.KindOneofCase.Printing => PrintingTables.Of(fact.Printing),
        Fact.KindOneofCase.Shares => ShareTables.Of(fact.Shares),
        Fact.KindOneofCase.Storage => StorageTables.Of(fact.Storage),
        Fact.KindOneofCase.Services => ServiceTables.Of(fact.Services),
        Fact.KindOneofCase.AgentHealth => [Collectors(fact.AgentHealth)],
        _ => [],
    };

    private static FactTable Disks(Hardware hardware) => new("Disks", ["Disk", "Model", "Size", "Kind", "Serial number"],
        [.. hardware.Disks.Select(d => new FactTableRow($"hardware.disks[{d.Name}]",
        [
            d.Name, d.HasModel ? d.Model : null, d.HasSizeBytes ? FactText.Bytes(d.SizeBytes) : null,
            d switch { { HasRotational: false } => null, { Rotational: true } => "turning", _ => "solid state" } + (d is { HasRemovable: true, Removable: true } ? ", removable" : ""),
            d.HasSerialNumber ? d.SerialNumber : null,
        ]))]);

    private static FactTable Interfaces(NetworkInterfaces network) => new("Interfaces", ["Interface", "Kind", "State", "Addresses", "Hardware address", "Speed", "MTU"],
        [.. network.Interfaces.Select(i => new FactTableRow($"network_interfaces.interfaces[{i.Name}]",
        [
            i.Name, FactWords.Readable(i.Medium.ToString()), State(i), i.Addresses.Count == 0 ? "none" : string.Join(", ", i.Addresses),
            i.HasMacAddress ? i.MacAddress + (i.LocallyAdministered ? " (local)" : "") : "none",
            i.HasSpeedMbps ? $"{i.SpeedMbps.ToString(CultureInfo.InvariantCulture)} Mb/s" : null,
            i.HasMtuBytes ? $"{i.MtuBytes.ToString(CultureInfo.InvariantCulture)} B" : null,
        ]))]);

    private static string? State(NetworkInterface one) => one.State switch
    {
        NetworkInterface.Types.State.Unspecified => null,
        NetworkInterface.Types.State.Unknown => "not reported by the driver",
        NetworkInterface.Types.State.LowerLayerDown => "lower layer down",
        NetworkInterface.Types.State.NotPresent => "not present",
        _ => one.State.ToString().ToLowerInvariant(),
    };

    private static FactTable Pam(PasswordPolicy policy) => new("PAM stack", ["Module", "Type", "Control", "Arguments", "Written in"],
        [.. policy.PamLines.Select((line, index) => new FactTableRow($"password_policy.pam_lines[{index}]",
        [
            line.Module, line.Type, line.Control, line.Arguments.Count == 0 ? "none" : string.Join(' ', line.Arguments),
            $"{line.Path}:{line.Line.ToString(CultureInfo.InvariantCulture)}",
        ]))], Folded: true);

    private static FactTable Collectors(AgentHealth health) => new("Collectors", ["Collector", "State", "Last run took", "Woken by", "Says"],
        [.. health.Collectors.Select(c => new FactTableRow($"agent_health.collectors[{c.Name}]",
        [
            c.Name, CollectorState(c.State), c.HasDurationMs ? string.Create(CultureInfo.InvariantCulture, $"{c.DurationMs:0.#} ms") : null,
            c.HasWatches ? $"{c.Watches.ToString(CultureInfo.InvariantCulture)} watches and its schedule" : "its schedule", c.HasMessage ? c.Message : "nothing to say",
        ]))]);

    private static string? CollectorState(CollectorHealth.Types.State state) => state switch
    {
        CollectorHealth.Types.State.Ok => "ok",
        CollectorHealth.Types.State.Partial => "partial: see what it could not see",
        CollectorHealth.Types.State.Failed => "failed",
        CollectorHealth.Types.State.OverBudget => "stopped: over budget",
        CollectorHealth.Types.State.Unsupported => "nothing to see on this system",
        CollectorHealth.Types.State.NotRun => "has not run yet",
        _ => null,
    };
}
