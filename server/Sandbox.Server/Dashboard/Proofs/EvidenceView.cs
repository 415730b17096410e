using Sandbox.Evidence.Catalogue;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.TheLog;
using Sandbox.Server.Dashboard.Words;
using Sandbox.Storage.Assignments;

namespace Sandbox.Server.Dashboard.Proofs;

/// <summary>One piece of evidence from the sentence down to the leaf.</summary>
public sealed record EvidenceView
{
    /// <summary>The piece with names.</summary>
    public required EvidenceRow Row { get; init; }

    /// <summary>The line that it counts for. Null: the schedule has no such line any more.</summary>
    public ScheduleLine? Line { get; init; }

    /// <summary>Whether this person may see the device.</summary>
    public required bool SeesDevice { get; init; }

    /// <summary>The act by which it is known who made the change. Null: none was seen, or it is not kept any more.</summary>
    public AdminAct? Act { get; init; }

    /// <summary>The task that asked for it (guard G1). Null: no mentor asked for it.</summary>
    public Assignment? AskedBy { get; init; }

    /// <summary>Until when it is watched. Null: that is decided, or not known.</summary>
    public DateTimeOffset? WatchedUntil { get; init; }

    /// <summary>The reports that show it: before, after.</summary>
    public required IReadOnlyList<CitedReport> Reports { get; init; }

    /// <summary>Whether the device vouches for what the log states, checked now: one for each statement.</summary>
    public required IReadOnlyList<ChainCheck> Chains { get; init; }

    /// <summary>Its entries in the log with their proofs, the oldest first.</summary>
    public required IReadOnlyList<Inclusion> Entries { get; init; }

    /// <summary>The server's clock.</summary>
    public required DateTimeOffset AsOf { get; init; }
}

/// <summary>A report that is cited.</summary>
/// <param name="What">What it shows.</param>
/// <param name="Epoch">First hexadecimal digits of the spool's id. Null: the report is not kept any more.</param>
/// <param name="Sequence">Its place in the spool.</param>
/// <param name="Hash">Its hash, computed now from the kept bytes, hexadecimal.</param>
/// <param name="ReceivedAt">When the server got it. Null: the log does not say.</param>
/// <param name="Json">The facts in it that matter here, as the device sent them. Null: it holds none.</param>
public sealed record CitedReport(string What, string? Epoch, long Sequence, string Hash, DateTimeOffset? ReceivedAt, string? Json);

/// <summary>What came of checking the signed chain of one statement.</summary>
/// <param name="Tone">Good only when it was verified now.</param>
/// <param name="What">What is stated.</param>
/// <param name="Words">What came of it.</param>
/// <param name="Key">Fingerprint of the key that signed, hexadecimal. Null: none did.</param>
/// <param name="Length">Reports from the cited one to the signed one.</param>
public sealed record ChainCheck(Tone Tone, string What, string Words, string? Key = null, int Length = 0);
