using Sandbox.Ledger;
using Sandbox.Server.Live;
using Sandbox.Server.Pki;
using Sandbox.Server.Witness;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Sequencing;

/// <summary>
/// The server as the first witness of its own log: the newest checkpoint also lies in a file beside the database, and is compared with the
/// database before anything is signed again, at each start and whenever the database was out of reach. So a database that was put back from a
/// backup is noticed before an agent has to notice it.
/// </summary>
internal sealed partial class OwnMemory(ILogStore store, TestimonyCourt court, ServerFolders folders, TimeProvider time, ILogger<OwnMemory> logger)
{
    private byte[]? _kept;
    private long _size;
    private bool _isProof;
    private int _comparedAfter = -1;

    /// <summary>The database was out of reach: another one may answer from now on.</summary>
    public void Doubt() => court.Doubt();

    /// <summary>
    /// Compares what was shown last with the database, unless that was done and nothing gave cause for doubt since, and halts the log when it cannot
    /// have grown from there. Nothing kept: nothing to compare.
    /// </summary>
    /// <exception cref="Storage.Telemetry.StoreUnavailableException">The database cannot do it now.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="InvalidDataException">The log's tiles are damaged: nothing can be compared with them.</exception>
    public async Task CompareAsync(CancellationToken ct)
    {
        var doubts = court.Doubts;
        if (_comparedAfter == doubts) return;
        if (File.Exists(folders.ShownCheckpoint)) await CompareAsync(await File.ReadAllBytesAsync(folders.ShownCheckpoint, ct), ct);
        _comparedAfter = doubts;
    }

    /// <summary>
    /// Keeps what is shown, when it is news; a disk that cannot is said, and an older one says no less. A larger one stays, and so does one that
    /// proves that the database is an older copy.
    /// </summary>
    public void Keep(PublishedCheckpoint? shown)
    {
        if (shown is null || _isProof || shown.Size < _size || ReferenceEquals(shown.Note, _kept)) return;
        try
        {
            DurableFile.Write(folders.ShownCheckpoint, shown.Note, DurableFile.Open);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            NotKept(folders.ShownCheckpoint, fault.Message);
        }
        (_kept, _size) = (shown.Note, shown.Size);
    }

    private async Task CompareAsync(byte[] note, CancellationToken ct)
    {
        var finding = await court.JudgeAsync(note, ct);
        _isProof = finding.Testimony == Testimony.Contradicts;
        if (_isProof) await store.HaltAsync($"{folders.ShownCheckpoint} holds {finding.Words}. {Halt.WhatToDo}", note, time.GetUtcNow(), ct);
        if (finding.Testimony == Testimony.Ignored) NotCompared(folders.ShownCheckpoint, finding.Words);
        else _size = Checkpoint.Parse(SignedNote.Parse(note).Text).Size;
    }

    [LoggerMessage(3460, LogLevel.Warning, "{Path} says nothing of this log: {Why}")]
    private partial void NotCompared(string path, string why);

    [LoggerMessage(3461, LogLevel.Warning, "The newest checkpoint cannot be kept in {Path}: {Why}")]
    private partial void NotKept(string path, string why);
}
