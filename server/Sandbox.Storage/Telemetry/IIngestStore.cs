using Sandbox.Evidence;
using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;

namespace Sandbox.Storage.Telemetry;

/// <summary>
/// The hot way into the store: SQL of its own, one transaction for many devices. It has one caller, the ingest writer, which calls
/// one method at a time. Every method throws <see cref="StoreUnavailableException"/> when the database cannot do it now; nothing is half-done then.
/// </summary>
public interface IIngestStore : IDisposable
{
    /// <summary>Row numbers for reports that nobody else gets: the first of them; the others follow it.</summary>
    long TakeReportIds(int count);

    /// <summary>What the ingest has to know of a device and of one of its spools before it goes on.</summary>
    DeviceRecord Read(DeviceId device, byte[] epoch);

    /// <summary>
    /// How many rows on from the first one <see cref="Reports"/> looks: reports that follow each other lie close together, and a device that
    /// fell silent must not make it read to the end.
    /// </summary>
    const int Reach = 100_000;

    /// <summary>Stored reports of one device by row, in order; reports that are not there, beyond <see cref="Reach"/> or of another device, are left out.</summary>
    /// <param name="device">The device.</param>
    /// <param name="firstId">Row from which on.</param>
    /// <param name="most">At most so many.</param>
    IReadOnlyList<StoredReport> Reports(DeviceId device, long firstId, int most);

    /// <summary>A stored report of whichever device. Null: it is not kept any more.</summary>
    StoredReport? Report(long id);

    /// <summary>Most names that one question for other devices reads: a lab of copies must not make it read them all.</summary>
    const int MostNames = 1000;

    /// <summary>
    /// Other devices, of any state, that reported one of these names, each with all that it reported and what took its place; when there are more than
    /// <see cref="MostNames"/>, those that were enrolled first.
    /// </summary>
    IReadOnlyList<NamedMachine> OthersWithHardware(DeviceId device, IReadOnlyCollection<string> names);

    /// <summary>Most acts that one question reads.</summary>
    const int MostActs = 1000;

    /// <summary>
    /// Acts of a device that happened within a span of its clock, with both ends, but for mere log-ins; when there are more than <see cref="MostActs"/>, the
    /// latest.
    /// </summary>
    IReadOnlyList<StoredAct> Acts(DeviceId device, DateTimeOffset from, DateTimeOffset to);

    /// <summary>Most facts of other devices that one question reads.</summary>
    const int MostOthers = 50;

    /// <summary>
    /// The present facts of one kind of active devices, as far as they hold a text; of more than <see cref="MostOthers"/> the newest.
    /// </summary>
    /// <param name="device">The device that is left out.</param>
    /// <param name="person">Whose devices are left out.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="text">The text; empty: any.</param>
    IReadOnlyList<OthersFact> FactsOfOthers(DeviceId device, Guid person, Fact.KindOneofCase kind, string text);

    /// <summary>Who works on machines under which account, past and present.</summary>
    IReadOnlyList<AccountHolder> Holders();

    /// <summary>What people say of a device now.</summary>
    AboutDevice About(DeviceId device);

    /// <summary>Active devices whose time to be judged again has come, the longest due first.</summary>
    IReadOnlyList<DeviceId> DueForJudgement(DateTimeOffset now, int most);

    /// <summary>Stores a batch in one transaction; when it returns, all of it is on the disk.</summary>
    BatchStored Commit(IngestBatch batch);
}

/// <summary>What is stored of a device when its stream begins.</summary>
/// <param name="LastSequence">Highest stored sequence of the epoch; 0: none.</param>
/// <param name="LastHash">Hash of the report with that sequence. Null: none is stored.</param>
/// <param name="Facts">Latest fact of each kind.</param>
/// <param name="Findings">Present verdicts.</param>
/// <param name="Unexplained">Gaps of the epoch whose cause the agent has not named, the newest first, at most <see cref="MostUnexplained"/>.</param>
public sealed record DeviceRecord(
    long LastSequence,
    byte[]? LastHash,
    IReadOnlyList<StoredFact> Facts,
    IReadOnlyList<Findings.StoredFinding> Findings,
    IReadOnlyList<ReportGap> Unexplained)
{
    /// <summary>Person for whom the device was enrolled.</summary>
    public Guid OwnerId { get; init; }

    /// <summary>Whether that person is an apprentice: nobody else earns evidence.</summary>
    public bool OwnerIsApprentice { get; init; }

    /// <summary>When it was enrolled, by the server's clock.</summary>
    public DateTimeOffset EnrolledAt { get; init; }

    /// <summary>The device's clock minus the server's at its last hello. Null: it gave none.</summary>
    public TimeSpan? ClockOffset { get; init; }

    /// <summary>SubjectPublicKeyInfo of the device's key, DER.</summary>
    public byte[] PublicKey { get; init; } = [];

    /// <summary>The key that it had before a split gave it another: signatures that it made still hold. Null: it has had one key.</summary>
    public byte[]? PreviousPublicKey { get; init; }

    /// <summary>The session that is in force; 0: there was no hello yet.</summary>
    public long Session { get; init; }

    /// <summary>When the server last heard of it. Null: never since enrolment.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>Names by which its hardware is known.</summary>
    public IReadOnlyList<string> HardwareNames { get; init; } = [];

    /// <summary>All evidence of the device, the oldest first.</summary>
    public IReadOnlyList<Crediting.StoredEvidence> Evidence { get; init; } = [];

    /// <summary>How many unexplained gaps of an epoch are kept at hand; the cause of an older one is not recorded any more.</summary>
    public const int MostUnexplained = 1000;
}

/// <summary>The database cannot do it now (full disk, locked, gone); trying again later makes sense.</summary>
public sealed class StoreUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
