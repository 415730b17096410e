using System.Globalization;
using Sandbox.Protocol;
using Warning = Sandbox.Protocol.DiskHealth.Types.Warning;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>What disks say of their own health; no table where none says anything.</summary>
internal static class DiskHealthTable
{
    public static IEnumerable<FactTable> Of(Protocol.Storage storage)
    {
        var rows = storage.Devices.Where(device => device.Health is not null).Select(disk => Row(disk.Name, disk.Health)).ToList();
        return rows.Count == 0 ? [] : [new FactTable("Health of disks (SMART)", ["Disk", "Says", "Temperature", "Power-on time", "Errors", "Used life", "Known from"], rows)];
    }

    private static FactTableRow Row(string name, DiskHealth health) => new($"storage.devices[{name}].health",
    [
        name, Verdict(health), health.HasTemperatureCelsius ? $"{Number(health.TemperatureCelsius)} °C" : null,
        health.HasPowerOnHours ? $"{Number(health.PowerOnHours)} h" : null, Errors(health), Life(health), Source(health),
    ]);

    private static string? Verdict(DiskHealth health) => health switch
    {
        { HasAsleep: true, Asleep: true } => "asleep, not asked",
        { Warnings.Count: > 0 } => $"warns: {string.Join(", ", health.Warnings.Select(Word))}",
        { HasPassed: true, Passed: true } => "healthy",
        { HasPassed: true } => "expects to fail",
        _ => null,
    };

    private static string Word(Warning warning) => warning switch
    {
        Warning.SpareLow => "its spare runs out",
        Warning.Temperature => "too hot or too cold",
        Warning.Unreliable => "unreliable",
        Warning.ReadOnly => "takes no more writing",
        Warning.BackupFailed => "its memory is not backed up",
        Warning.PersistentMemory => "its persistent memory is unreliable",
        _ => "something that this server does not know",
    };

    // Null: it says nothing of any.
    private static string? Errors(DiskHealth health)
    {
        (bool Said, ulong Count, string Of)[] counters =
        [
            (health.HasReallocatedSectors, health.ReallocatedSectors, "replaced sectors"),
            (health.HasPendingSectors, health.PendingSectors, "pending sectors"),
            (health.HasOfflineUncorrectableSectors, health.OfflineUncorrectableSectors, "unreadable sectors"),
            (health.HasUncorrectableErrors, health.UncorrectableErrors, "uncorrectable errors"),
            (health.HasInterfaceCrcErrors, health.InterfaceCrcErrors, "errors on the cable"),
            (health.HasMediaErrors, health.MediaErrors, "media errors"),
            (health.HasUnsafeShutdowns, health.UnsafeShutdowns, "unsafe shutdowns"),
        ];
        var said = counters.Where(one => one.Said).ToList();
        if (said.Count == 0) return null;
        return said.TrueForAll(one => one.Count == 0) ? "none" : string.Join(", ", said.Where(one => one.Count > 0).Select(one => $"{Number(one.Count)} {one.Of}"));
    }

    private static string? Life(DiskHealth health)
    {
        var used = health.HasUsedLifePercent ? $"{Number(health.UsedLifePercent)} %" : null;
        return health.HasAvailableSparePercent ? $"{used ?? "not known"}, spare {Number(health.AvailableSparePercent)} %" : used;
    }

    private static string? Source(DiskHealth health) => health.Source switch
    {
        DiskHealth.Types.Source.Ata or DiskHealth.Types.Source.Nvme => "the disk itself",
        DiskHealth.Types.Source.Smartd => health.WrittenAt is { } at && Instants.Of(at) is { } instant ? $"smartd, {Words.Ages.Full(instant)}" : "smartd",
        _ => null,
    };

    private static string Number(IFormattable number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
