using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>Where backups lie and when the last one ended well; what makes them and when that last started. The two are never one cell.</summary>
internal static class BackupTables
{
    public static IReadOnlyList<FactTable> Of(Backup backup) =>
    [
        new("Where backups lie", ["Location", "Program", "Is there", "On other disks", "Backups", "Last ended well", "Known by", "Last changed", "Size", "Known from"], [.. backup.Stores.Select(Row)]),
        new("What makes them", ["Written in", "Program", "Saves", "To", "Starts", "By itself", "Last started", "Known by"], [.. backup.Jobs.Select(Row)]),
        .. backup.Stores.Any(store => store.Snapshots.Count > 0)
            ? [new FactTable("Snapshots", ["Made", "Tags", "Comment", "Location"], [.. backup.Stores.SelectMany(store => store.Snapshots.Select(snapshot => Row(store, snapshot)))], Folded: true)]
            : Array.Empty<FactTable>(),
    ];

    private static FactTableRow Row(BackupStore store, int index) => new($"backup.stores[{Number((uint)index)}]",
    [
        store.HasLocation ? store.Location : "not known, only its cache", store.Program, store switch
        {
            { HasPresent: true } => YesNo(store.Present), { Place: BackupStore.Types.Place.Elsewhere } => "elsewhere: not looked at", _ => null,
        },
        store.HasOtherDevice ? store.Disks.Count > 0 ? $"{YesNo(store.OtherDevice)}: {string.Join(", ", store.Disks)}" : YesNo(store.OtherDevice) : null,
        store.HasBackups ? Number(store.Backups) : null, Instant(store.LastSucceeded), store.HasLastSucceededSource ? store.LastSucceededSource : "nothing",
        Instant(store.LastChanged) is { } changed && store.HasLastChangedSource ? $"{changed}: {store.LastChangedSource}" : null, store.HasSizeBytes ? FactText.Bytes(store.SizeBytes) : null, string.Join(", ", store.KnownFrom),
    ]);

    private static FactTableRow Row(BackupJob job, int index) => new($"backup.jobs[{Number((uint)index)}]",
    [
        job.HasLine ? $"{job.Path}:{Number(job.Line)}" : job.Path, job.Program, job.Covers.Count == 0 ? null : string.Join(", ", job.Covers), job.HasStore ? job.Store : null,
        string.Join(": ", [.. job.HasTimer ? [job.Timer] : Array.Empty<string>(), .. job.HasSchedule ? [job.Schedule] : Array.Empty<string>()]) is { Length: > 0 } starts ? starts : null,
        job.HasEnabled ? YesNo(job.Enabled) : null, Instant(job.LastStarted), job.HasLastStartedSource ? job.LastStartedSource : "nothing",
    ]);

    private static FactTableRow Row(BackupStore store, BackupSnapshot snapshot) => new($"backup.stores[{store.Location}].snapshots",
        [Instant(snapshot.Created), snapshot.Tags.Count == 0 ? "none" : string.Join(", ", snapshot.Tags), snapshot.HasComment ? snapshot.Comment : "none", store.Location]);

    private static string? Instant(Timestamp? said) => said is null ? null : Instants.Of(said) is { } instant ? instant.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) : "not an instant";

    private static string YesNo(bool yes) => yes ? "yes" : "no";

    private static string Number(uint number) => number.ToString(CultureInfo.InvariantCulture);
}
