using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting;

/// <summary>What counts for one line of the schedule, and what it takes to hold. Pure.</summary>
internal interface ICreditRule
{
    /// <summary>The line. One sort of change supports one line only.</summary>
    string Line { get; }

    /// <summary><see cref="EvidenceItem.Act"/>.</summary>
    string Act { get; }

    /// <summary>What counts, for people who have not done it yet: <c>an account that was added for somebody</c>.</summary>
    string Counts { get; }

    /// <summary>How long the change must stay (guard G2).</summary>
    TimeSpan Dwell { get; }

    /// <summary>How long before the old state was read last the act may have begun that ended it: some acts take their time.</summary>
    TimeSpan Lasts => TimeSpan.Zero;

    /// <summary>Changes that the report at hand shows; some may be known already.</summary>
    IEnumerable<Credit> Find(DeviceCase device, DateTimeOffset now);

    /// <summary>Whether a change that was noted is still there.</summary>
    Standing Look(EvidenceItem item, DeviceCase device, DateTimeOffset now);

    /// <summary>Whether this act, if it happened at that time, made the change.</summary>
    bool Explains(EvidenceItem item, AdminAct act);

    /// <summary>The account that the change is about: who works on the own account proves nothing (guard G5). Null: it is about no account.</summary>
    string? AccountOf(EvidenceItem item) => null;

    /// <summary>What machines of others say when they see what it brought about (guard G6). Empty: nothing that agents report of others shows it.</summary>
    IReadOnlyList<Outlook> SeenBy(EvidenceItem item, DeviceFacts facts) => [];

    /// <summary>Machines do it without anybody: it counts only where somebody was seen doing it (guard G4).</summary>
    bool HappensByItself => false;

    /// <summary>Time alone makes it wrong again, as definitions and backups age: once it has held, nothing takes it back.</summary>
    bool WearsOff => false;

    /// <summary>What it brought about stays where it can be read again (guard G2); of an act that is over with being done it does not.</summary>
    bool CanBeSeenAgain => true;

    /// <summary>Whether a device can show it under a policy.</summary>
    bool IsUnder(Policies.Policy policy) => true;

    /// <summary>Why no act can ever name who did it. Null: acts can.</summary>
    string? Unseen => null;
}

/// <summary>A change that counts.</summary>
/// <param name="Target"><see cref="EvidenceItem.Target"/>.</param>
/// <param name="Before"><see cref="EvidenceItem.Before"/>.</param>
/// <param name="After"><see cref="EvidenceItem.After"/>.</param>
/// <param name="Shown">The fact that shows the state after.</param>
/// <param name="BeforeReportId"><see cref="EvidenceItem.BeforeReportId"/>.</param>
internal sealed record Credit(string Target, string? Before, string After, ReportedFact Shown, long? BeforeReportId)
{
    /// <summary>When the device still read the old state, by its clock. Null: not known.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>What else is to be said of the grade. Null: nothing.</summary>
    public string? Reservation { get; init; }

    /// <summary><see cref="EvidenceItem.Seeded"/>.</summary>
    public Guid? Seeded { get; init; }
}

/// <summary>Whether a change is still there.</summary>
internal abstract record Standing
{
    /// <summary>Nothing that is known says so or speaks against it: it neither holds nor is it undone.</summary>
    public static Standing NotKnown { get; } = new Unclear();

    /// <summary>It is there.</summary>
    /// <param name="ReceivedAt">When the last report that says so arrived, by the server's clock. Null: not known.</param>
    /// <param name="ReadAt">When that was read, by the device's clock. Null: what counts is that anything came.</param>
    public sealed record Stands(DateTimeOffset? ReceivedAt, DateTimeOffset? ReadAt) : Standing;

    /// <summary>It is not there any more.</summary>
    /// <param name="Reason">What took it back, for people.</param>
    public sealed record TakenBack(string Reason) : Standing;

    private sealed record Unclear : Standing;
}
