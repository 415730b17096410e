namespace Sandbox.Evidence.Crediting;

/// <summary>A change on a device that counts for a line of the Work Process Schedule.</summary>
public sealed record EvidenceItem
{
    /// <summary>Random id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Line of the schedule: <c>1.3</c>.</summary>
    public required string Line { get; init; }

    /// <summary>What sort of change: <c>policy.mended</c>, <c>account.added</c>, <c>device.set_up</c>.</summary>
    public required string Act { get; init; }

    /// <summary>What changed; it counts once for the line (guard G3).</summary>
    public required string Target { get; init; }

    /// <summary>What became of it.</summary>
    public required EvidenceState State { get; init; }

    /// <summary>How much it proves.</summary>
    public required Grade Grade { get; init; }

    /// <summary>Why the grade is not higher, for people.</summary>
    public required string GradeReason { get; init; }

    /// <summary>What was there before, for people. Null: nothing.</summary>
    public string? Before { get; init; }

    /// <summary>What is there now, for people.</summary>
    public required string After { get; init; }

    /// <summary>Why the state is what it is. Null: nothing to add.</summary>
    public string? Reason { get; init; }

    /// <summary>Row of the report that shows the state before. Null: nothing was there.</summary>
    public long? BeforeReportId { get; init; }

    /// <summary>Row of the report that shows the state after.</summary>
    public required long ReportId { get; init; }

    /// <summary>When the old state was read last, by the device's clock: the change is later. Null: not known.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When the new state was read, by the device's clock.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The same by the server's clock, as far as it can be told: never later than <see cref="NotedAt"/>.</summary>
    public required DateTimeOffset HappenedAt { get; init; }

    /// <summary>When the server noted it, by the server's clock.</summary>
    public required DateTimeOffset NotedAt { get; init; }

    /// <summary>Since when the state is what it is, by the server's clock.</summary>
    public required DateTimeOffset StateSince { get; init; }

    /// <summary>Who did it, as the acts of the device say. Null: nobody is named.</summary>
    public Guid? Person { get; init; }

    /// <summary>Id of the act that did it, 64 hexadecimal digits. Null: none was seen.</summary>
    public string? ActId { get; init; }

    /// <summary>Row of the report that brought that act. Null: none was seen.</summary>
    public long? ActReportId { get; init; }

    /// <summary>What else is to be said of the grade, whoever did it. Null: nothing.</summary>
    public string? Reservation { get; init; }

    /// <summary>When it was seen to be there still.</summary>
    public SecondLooks Looks { get; init; } = SecondLooks.None;

    /// <summary>Random id of the boot that the device was in when it was noted. Null: it did not say.</summary>
    public string? Boot { get; init; }

    /// <summary>That a machine of somebody else's saw it. Null: none is known to have.</summary>
    public SeenElsewhere? SeenElsewhere { get; init; }

    /// <summary>The seeded fault that it repairs. Null: nobody had seeded it.</summary>
    public Guid? Seeded { get; init; }
}

/// <summary>What became of a change.</summary>
public enum EvidenceState
{
    /// <summary>It is there; whether it stays is watched (guard G2).</summary>
    Watched = 0,

    /// <summary>It was still there when the time was up.</summary>
    Held = 1,

    /// <summary>It was taken back, and earns nothing.</summary>
    Undone = 2,

    /// <summary>It counts for nobody: it was done by itself, by somebody unknown or who is no apprentice, or to the own account (guards G4 and G5).</summary>
    Discounted = 3,
}
