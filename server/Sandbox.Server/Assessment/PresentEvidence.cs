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

    /// <summary>Goes on where the store is.</summary>
    public PresentEvidence(DeviceId device, DeviceRecord record)
    {
        (_device, _person) = (device, record.OwnerId);
        _present = record.Evidence.ToDictionary(row => row.Id, row => (Item(row), row));
        NextHold = Crediting.NextHold(Items);
    }

    /// <summary>All of it.</summary>
    public IReadOnlyCollection<EvidenceItem> Items => [.. _present.Values.Select(pair => pair.Item)];

    /// <summary>Those whose state the log has no statement of.</summary>
    public IEnumerable<StoredEvidence> NotLogged => _present.Values.Select(pair => pair.Row).Where(row => row.LoggedRevision != row.Revision);

    /// <summary>The next instant at which something that is watched may hold. Null: nothing is watched.</summary>
    public DateTimeOffset? NextHold { get; private set; }

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
        NextHold = Crediting.NextHold(Items);
        return rows;
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
            SettlingReportId = item.State is not (EvidenceState.Held or EvidenceState.Undone) ? null : known?.State == item.State ? known.SettlingReportId : reportId,
            NamedPersonId = item.Person,
            ActId = item.ActId,
            ActReportId = item.ActReportId,
            Reservation = item.Reservation,
            SeededFaultId = item.Seeded,
            Revision = known is null ? 0 : known.Revision + 1,
            LoggedRevision = known?.LoggedRevision,
        };
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
        Seeded = row.SeededFaultId,
    };
}
