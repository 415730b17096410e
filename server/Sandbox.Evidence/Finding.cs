namespace Sandbox.Evidence;

/// <summary>One rule's verdict on one subject of one device.</summary>
public sealed record Finding
{
    /// <summary>The rule's id, such as <c>password.min_length</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>What of the device is judged: an account's name, a group's, a product's, or empty for the device as a whole.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What the policy expects, for people: <c>at least 12 characters</c>.</summary>
    public required string Expected { get; init; }

    /// <summary>What was observed, for people: <c>8 characters</c>. Null: nothing was.</summary>
    public string? Observed { get; init; }

    /// <summary>Why the verdict is neither pass nor fail, or what makes it fail. Null: the values speak for themselves.</summary>
    public string? Reason { get; init; }

    /// <summary>How much a failure matters.</summary>
    public Severity Severity { get; init; } = Severity.Medium;

    /// <summary>Row of the report on which the verdict rests. Null: it rests on the absence of one.</summary>
    public long? ReportId { get; init; }

    /// <summary>When the source behind the verdict was last read, by the device's clock. Null: never.</summary>
    public DateTimeOffset? LastVerified { get; init; }

    /// <summary>The longest time between two readings of that source since the last judgement, by the device's clock: what could have hidden a change and its return. 0: it was not read since.</summary>
    public TimeSpan Unseen { get; init; }
}

/// <summary>How much a failure matters.</summary>
public enum Severity
{
    /// <summary>Worth mending when there is time.</summary>
    Low = 0,

    /// <summary>Worth mending this week.</summary>
    Medium = 1,

    /// <summary>Worth mending now.</summary>
    High = 2,
}
