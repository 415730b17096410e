using Sandbox.Protocol;

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
    /// <summary>How many unexplained gaps of an epoch are kept at hand; the cause of an older one is not recorded any more.</summary>
    public const int MostUnexplained = 1000;
}

/// <summary>The database cannot do it now (full disk, locked, gone); trying again later makes sense.</summary>
public sealed class StoreUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
