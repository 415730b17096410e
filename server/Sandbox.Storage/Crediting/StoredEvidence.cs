using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;

namespace Sandbox.Storage.Crediting;

/// <summary>A piece of evidence as it is kept. Its entries in the log carry its id as their subject.</summary>
public sealed class StoredEvidence
{
    /// <summary>Random id.</summary>
    public Guid Id { get; set; }

    /// <summary>The device on which the change happened.</summary>
    public DeviceId DeviceId { get; set; }

    /// <summary>Who is credited: who did it, and as long as nobody is named, the device's owner at that time.</summary>
    public Guid PersonId { get; set; }

    /// <inheritdoc cref="EvidenceItem.Line"/>
    public required string Line { get; set; }

    /// <inheritdoc cref="EvidenceItem.Act"/>
    public required string Act { get; set; }

    /// <inheritdoc cref="EvidenceItem.Target"/>
    public required string Target { get; set; }

    /// <inheritdoc cref="EvidenceItem.State"/>
    public EvidenceState State { get; set; }

    /// <inheritdoc cref="EvidenceItem.Grade"/>
    public Grade Grade { get; set; }

    /// <inheritdoc cref="EvidenceItem.GradeReason"/>
    public required string GradeReason { get; set; }

    /// <inheritdoc cref="EvidenceItem.Before"/>
    public string? Before { get; set; }

    /// <inheritdoc cref="EvidenceItem.After"/>
    public required string After { get; set; }

    /// <inheritdoc cref="EvidenceItem.Reason"/>
    public string? Reason { get; set; }

    /// <inheritdoc cref="EvidenceItem.BeforeReportId"/>
    public long? BeforeReportId { get; set; }

    /// <inheritdoc cref="EvidenceItem.ReportId"/>
    public long ReportId { get; set; }

    /// <inheritdoc cref="EvidenceItem.ChangedAt"/>
    public DateTimeOffset ChangedAt { get; set; }

    /// <inheritdoc cref="EvidenceItem.NotedAt"/>
    public DateTimeOffset NotedAt { get; set; }

    /// <inheritdoc cref="EvidenceItem.StateSince"/>
    public DateTimeOffset StateSince { get; set; }

    /// <summary>Row of the report that showed it still there or gone. Null: it is watched, or time alone settled it.</summary>
    public long? SettlingReportId { get; set; }

    /// <inheritdoc cref="EvidenceItem.NotBefore"/>
    public DateTimeOffset? NotBefore { get; set; }

    /// <inheritdoc cref="EvidenceItem.HappenedAt"/>
    /// <remarks>Null: it was noted before this was kept.</remarks>
    public DateTimeOffset? HappenedAt { get; set; }

    /// <inheritdoc cref="EvidenceItem.Person"/>
    public Guid? NamedPersonId { get; set; }

    /// <inheritdoc cref="EvidenceItem.ActId"/>
    public string? ActId { get; set; }

    /// <inheritdoc cref="EvidenceItem.ActReportId"/>
    public long? ActReportId { get; set; }

    /// <inheritdoc cref="EvidenceItem.Reservation"/>
    public string? Reservation { get; set; }

    /// <inheritdoc cref="SecondLooks.AfterHour"/>
    public DateTimeOffset? SeenAfterHour { get; set; }

    /// <inheritdoc cref="SecondLooks.AfterDay"/>
    public DateTimeOffset? SeenAfterDay { get; set; }

    /// <inheritdoc cref="SecondLooks.AfterRestart"/>
    public DateTimeOffset? SeenAfterRestart { get; set; }

    /// <inheritdoc cref="EvidenceItem.Boot"/>
    public string? Boot { get; set; }

    /// <summary><see cref="Evidence.Crediting.SeenElsewhere.Words"/> of <see cref="EvidenceItem.SeenElsewhere"/>. Null: no machine of somebody else's is known to have seen it.</summary>
    public string? SeenElsewhere { get; set; }

    /// <summary><see cref="Evidence.Crediting.SeenElsewhere.ReportId"/>; null as <see cref="SeenElsewhere"/>.</summary>
    public long? SeenElsewhereReportId { get; set; }

    /// <inheritdoc cref="EvidenceItem.Seeded"/>
    public Guid? SeededFaultId { get; set; }

    /// <summary>How often it became another since it was noted: its state, its grade, whose it is, or when it was seen again.</summary>
    public int Revision { get; set; }

    /// <summary>
    /// The revision that the log has a statement of. Null: none yet, because the device has not signed for the report; it follows with the
    /// device's next signature, or without one when the epoch is over.
    /// </summary>
    public int? LoggedRevision { get; set; }

    /// <summary>The same as it was when it was noted.</summary>
    public StoredEvidence AsNoted()
    {
        var noted = (StoredEvidence)MemberwiseClone();
        (noted.State, noted.StateSince, noted.Reason, noted.SettlingReportId, noted.Revision) = (EvidenceState.Watched, NotedAt, null, null, 0);
        (noted.SeenAfterHour, noted.SeenAfterDay, noted.SeenAfterRestart, noted.SeenElsewhere, noted.SeenElsewhereReportId) = (null, null, null, null, null);
        if (State == EvidenceState.Discounted)
            (noted.Grade, noted.GradeReason, noted.ActId, noted.ActReportId, noted.NamedPersonId) = (Grade.E1, "who did it was not known yet", null, null, null);
        return noted;
    }
}
