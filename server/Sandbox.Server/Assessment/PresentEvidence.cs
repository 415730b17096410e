using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Assessment;

/// <summary>The evidence of one device; writes only what is new or became another.</summary>
internal sealed class PresentEvidence
{
    private readonly DeviceId _device;
    private readonly Guid _person;
    private readonly Dictionary<Guid, (EvidenceItem Item, StoredEvidence Row)> _present;
    private (string? Boot, DateTimeOffset? Until)? _restart;

    /// <summary>Goes on where the store is.</summary>
    public PresentEvidence(DeviceId device, DeviceRecord record)
    {
        (_device, _person) = (device, record.OwnerId);
        _present = record.Evidence.ToDictionary(row => row.Id, row => (Item(row), row));
        Changed();
    }

    /// <summary>All of it.</summary>
    public IReadOnlyCollection<EvidenceItem> Items { get; private set; } = [];

    /// <summary>Those whose state the log has no statement of.</summary>
    public IEnumerable<StoredEvidence> NotLogged => _present.Values.Select(pair => pair.Row).Where(row => row.LoggedRevision != row.Revision);

    /// <inheritdoc cref="Crediting.NextLook"/>
    public DateTimeOffset? NextLook { get; private set; }

    /// <summary>Takes what a judgement came to; gives the rows that it touched.</summary>
    /// <param name="items">Evidence that is new or became another.</param>
    /// <param name="reportId">The report that was judged. Null: time alone passed.</param>
    /// <param name="writes">Gets the rows.</param>
    public IReadOnlyList<StoredEvidence> Become(IReadOnlyList<EvidenceItem> items, long? reportId, StreamWrites writes)
    {
        if (items.Count == 0) return [];
        var rows = new List<StoredEvidence>();
        foreach (var item in items)
        {
            var row = Row(item, reportId);
            _present[item.Id] = (item, row);
            writes.Evidence[item.Id] = row;
            rows.Add(row);
        }
        writes.Changed = true;
        Changed();
        return rows;
    }

    /// <inheritdoc cref="Crediting.RestartWantedUntil"/>
    public DateTimeOffset? RestartWantedUntil(string? boot)
    {
        if (_restart is not { } known || known.Boot != boot) _restart = known = (boot, Crediting.RestartWantedUntil(Items, boot));
        return known.Until;
    }

    /// <summary>Until when machines of others are to be asked of some of it. Null: of none.</summary>
    public DateTimeOffset? OthersWantedUntil { get; private set; }

    // Asked at every report, told when it changes.
    private void Changed()
    {
        Items = [.. _present.Values.Select(pair => pair.Item)];
        (NextLook, OthersWantedUntil, _restart) = (Crediting.NextLook(Items), Items.Max(Outlooks.WantedUntil), null);
    }

    private StoredEvidence Row(EvidenceItem item, long? reportId)
    {
        var known = _present.TryGetValue(item.Id, out var pair) ? pair.Row : null;
        return new()
        {
            Id = item.Id,
            DeviceId = _device,
            PersonId = item.Person ?? _person,
            Line = item.Line,
            Act = item.Act,
            Target = item.Target,
            State = item.State,
            Grade = item.Grade,
            GradeReason = item.GradeReason,
            Before = item.Before,
            After = item.After,
            Reason = item.Reason,
            BeforeReportId = item.BeforeReportId,
            ReportId = item.ReportId,
            NotBefore = item.NotBefore,
            ChangedAt = item.ChangedAt,
            HappenedAt = item.HappenedAt,
            NotedAt = item.NotedAt,
            StateSince = item.StateSince,
            SettlingReportId = Settling(item, pair.Item, known, reportId),
            NamedPersonId = item.Person,
            ActId = item.ActId,
            ActReportId = item.ActReportId,
            Reservation = item.Reservation,
            SeenAfterHour = item.Looks.AfterHour,
            SeenAfterDay = item.Looks.AfterDay,
            SeenAfterRestart = item.Looks.AfterRestart,
            Boot = item.Boot,
            SeenElsewhere = item.SeenElsewhere?.Words,
            SeenElsewhereReportId = item.SeenElsewhere?.ReportId,
            SeededFaultId = item.Seeded,
            Revision = known is null ? 0 : known.Revision + 1,
            LoggedRevision = known?.LoggedRevision,
        };
    }

    // The latest report that showed it still there, or the one that showed it gone.
    private static long? Settling(EvidenceItem item, EvidenceItem? before, StoredEvidence? known, long? reportId)
    {
        if (item.State is not (EvidenceState.Held or EvidenceState.Undone)) return null;
        if (before?.State != item.State) return reportId;
        return before.Looks == item.Looks ? known!.SettlingReportId : reportId ?? known!.SettlingReportId;
    }

    private static EvidenceItem Item(StoredEvidence row) => new()
    {
        Id = row.Id,
        Line = row.Line,
        Act = row.Act,
        Target = row.Target,
        State = row.State,
        Grade = row.Grade,
        GradeReason = row.GradeReason,
        Before = row.Before,
        After = row.After,
        Reason = row.Reason,
        BeforeReportId = row.BeforeReportId,
        ReportId = row.ReportId,
        NotBefore = row.NotBefore,
        ChangedAt = row.ChangedAt,
        HappenedAt = row.HappenedAt ?? row.NotedAt,
        NotedAt = row.NotedAt,
        StateSince = row.StateSince,
        Person = row.NamedPersonId,
        ActId = row.ActId,
        ActReportId = row.ActReportId,
        Reservation = row.Reservation,
        Looks = new SecondLooks { AfterHour = row.SeenAfterHour, AfterDay = row.SeenAfterDay, AfterRestart = row.SeenAfterRestart },
        Boot = row.Boot,
        SeenElsewhere = row is { SeenElsewhere: { } words, SeenElsewhereReportId: { } seen } ? new SeenElsewhere(words, seen) : null,
        Seeded = row.SeededFaultId,
    };
}
