using Sandbox.Evidence.Crediting;

namespace Sandbox.Evidence.Assignments;

/// <summary>What was given to an apprentice, as far as it decides whether it is done.</summary>
/// <param name="Line">The line of the schedule.</param>
/// <param name="From">From when on it counts, by the server's clock.</param>
/// <param name="Until">Until before when it counts.</param>
public sealed record AssignmentTask(string Line, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>The name of what is to be worked on, such as an account. Null: whatever it is.</summary>
    public string? Target { get; init; }

    /// <summary>Which sorts of change it means: <see cref="EvidenceItem.Act"/>. Empty: any that counts for the line.</summary>
    public IReadOnlyList<string> Acts { get; init; } = [];

    /// <summary>Rules that must pass on the device in the end.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Id of the fault that is seeded for it: repairing that is what was asked for as well, whichever line it counts for. Null: none is.</summary>
    public Guid? Fault { get; init; }

    /// <summary>Whether a record of it is waited for, because devices cannot show the line.</summary>
    public bool ByRecord { get; init; }

    /// <summary>When all of it was true. Null: not yet.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>When the mentor took it back. Null: it stands.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>Whether an instant lies in its window.</summary>
    public bool Covers(DateTimeOffset at) => at >= From && at < Until;

    /// <summary>Whether it asked for this: the line, the window and the name (guard G1), or the repair of its fault.</summary>
    public bool AskedFor(TaskChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change.Seeded is { } fault && fault == Fault) return true;
        return change.Line == Line && Covers(change.HappenedAt) && (Acts.Count == 0 || Acts.Contains(change.Act)) && (Target is null || NamedTarget.Is(change.Target, Target));
    }
}

/// <summary>A change that is credited to the apprentice, on the device of the task if it names one.</summary>
/// <param name="Line"><see cref="EvidenceItem.Line"/>.</param>
/// <param name="Act"><see cref="EvidenceItem.Act"/>.</param>
/// <param name="Target"><see cref="EvidenceItem.Target"/>.</param>
/// <param name="State"><see cref="EvidenceItem.State"/>.</param>
/// <param name="After"><see cref="EvidenceItem.After"/>.</param>
/// <param name="HappenedAt"><see cref="EvidenceItem.HappenedAt"/>.</param>
public sealed record TaskChange(string Line, string Act, string Target, EvidenceState State, string After, DateTimeOffset HappenedAt)
{
    /// <summary><see cref="EvidenceItem.Seeded"/>.</summary>
    public Guid? Seeded { get; init; }
}

/// <summary>What is seen of a task at one instant.</summary>
/// <param name="Changes">Changes that are credited to the apprentice for the line, or repair the task's fault.</param>
/// <param name="Records">The standing records of the line.</param>
/// <param name="Findings">Findings on the device. Empty: it names none, or it has said nothing yet.</param>
public sealed record TaskMaterial(IReadOnlyCollection<TaskChange> Changes, IReadOnlyCollection<TaskRecord> Records, IReadOnlyCollection<Finding> Findings)
{
    /// <summary>The apprentice said that the fault is found, and it was repaired: of one whose repair counts for no line, that is all there is.</summary>
    public bool FoundAndRepaired { get; init; }
}

/// <summary>A record of what was done.</summary>
/// <param name="EnteredAt">When it was entered.</param>
/// <param name="Day">The day on which it was done.</param>
/// <param name="Source">Where.</param>
public sealed record TaskRecord(DateTimeOffset EnteredAt, DateOnly Day, string Source);

/// <summary>One thing that must turn true.</summary>
/// <param name="What">What, as an id: <c>change</c>, <c>record</c>, or that of a rule.</param>
/// <param name="Expected">What is expected, for people.</param>
/// <param name="Observed">What is observed. Null: nothing is.</param>
/// <param name="IsTrue">Whether it is so.</param>
public sealed record AssignmentCheck(string What, string Expected, string? Observed, bool IsTrue);

/// <summary>How a task stands.</summary>
public enum AssignmentStanding
{
    /// <summary>Its window has not begun.</summary>
    Planned,

    /// <summary>Its window is open, or what was done in it may still arrive.</summary>
    Open,

    /// <summary>All of it was true.</summary>
    Completed,

    /// <summary>Its window ended before all of it was true.</summary>
    Missed,

    /// <summary>A mentor took it back.</summary>
    Withdrawn,
}
