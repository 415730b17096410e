using Sandbox.Protocol;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.Findings;
using Sandbox.Storage.Log;
using Sandbox.Storage.Traffic;

namespace Sandbox.Storage.Telemetry;

/// <summary>What one stream of one device adds to a batch: all of it is written, or nothing when the fence refuses the stream.</summary>
public sealed class StreamWrites
{
    /// <summary>The device.</summary>
    public required DeviceId Device { get; init; }

    /// <summary>The session that the stream's hello raised; the device's must still be this one.</summary>
    public required long Session { get; init; }

    /// <summary>Serial of the certificate that the stream uses; it must still be valid. Null: the server itself judges again, no stream does.</summary>
    public required byte[]? Serial { get; init; }

    /// <summary>The spool's random id, 16 bytes.</summary>
    public required byte[] Epoch { get; init; }

    /// <summary>New reports in the order of their sequence, which arrived together: with one <see cref="StoredReport.ReceivedAt"/>.</summary>
    public List<StoredReport> Reports { get; } = [];

    /// <summary>Facts that changed, by kind.</summary>
    public Dictionary<int, StoredFact> Facts { get; } = [];

    /// <summary>Facts that were read again and said the same, by kind, with the device's clock; a kind that is not stored is passed over.</summary>
    public Dictionary<int, DateTimeOffset> Verified { get; } = [];

    /// <summary>The new high-water mark. Null: it stays.</summary>
    public long? LastSequence { get; set; }

    /// <summary>Hash of the report at the new high-water mark.</summary>
    public byte[]? LastHash { get; set; }

    /// <summary>First sequences of gaps of the epoch whose rows go, because <see cref="Gaps"/> says it better.</summary>
    public HashSet<long> ForgottenGaps { get; } = [];

    /// <summary>New gaps.</summary>
    public List<ReportGap> Gaps { get; } = [];

    /// <summary>Verdicts that are new or differ from what is stored.</summary>
    public Dictionary<FindingKey, StoredFinding> Findings { get; } = [];

    /// <summary>Verdicts of which nothing became another but the fact that they rest on and when it was last verified.</summary>
    public Dictionary<FindingKey, StoredFinding> VerifiedFindings { get; } = [];

    /// <summary>Verdicts whose subject is gone.</summary>
    public HashSet<FindingKey> GoneFindings { get; } = [];

    /// <summary>Verdicts that became others, in order.</summary>
    public List<FindingTransition> Transitions { get; } = [];

    /// <summary>Evidence that is new or differs from what is stored.</summary>
    public Dictionary<Guid, StoredEvidence> Evidence { get; } = [];

    /// <summary>What passed interfaces, to be added to what is stored of the same spans.</summary>
    public TrafficSums Traffic { get; } = new();

    /// <summary>What was done on the device.</summary>
    public ActWrites Acts { get; } = new();

    /// <summary>Entries for the evidence log.</summary>
    public List<LoggedEntry> Entries { get; } = [];

    /// <summary>When the device was last heard of. Null: what is stored stays.</summary>
    public DateTimeOffset? SeenAt { get; set; }

    /// <summary>When the device is to be judged again by time alone. Null: what is stored stays.</summary>
    public DateTimeOffset? JudgeAt { get; set; }

    /// <summary>
    /// When people's word of the device was last read, by the server's clock. A stored instant to judge at that is later than this, and earlier than <see cref="JudgeAt"/>,
    /// stays: it is somebody's who asks that the device be judged anew by another word. Null: never read.
    /// </summary>
    public DateTimeOffset? ToldAt { get; set; }

    /// <summary>Names of the device's hardware that are to be stored beside those that are.</summary>
    public HashSet<string> HardwareNames { get; } = [];

    /// <summary>What proves that the device's identity is in two places; it is quarantined, and the fence refuses both from then on. Null: nothing.</summary>
    public string? CloneProof { get; set; }

    /// <summary>A fact or a verdict changed, and not only its age.</summary>
    public bool Changed { get; set; }
}
