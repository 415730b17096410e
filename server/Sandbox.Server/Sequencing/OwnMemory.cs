using Sandbox.Server.Live;
using Sandbox.Server.Pki;
using Sandbox.Server.Witness;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Sequencing;

/// <summary>
/// The server as the first witness of its own log: the newest checkpoint also lies in a file beside the database, and is compared with the
/// database before anything is signed again. So a database that was put back from a backup is noticed before an agent has to notice it.
/// </summary>
internal sealed partial class OwnMemory(ILogStore store, TestimonyCourt court, ServerFolders folders, TimeProvider time, ILogger<OwnMemory> logger)
{
    private byte[]? _kept;

    /// <summary>Compares what was shown last with the database, and halts the log when it cannot have grown from there. Nothing kept: nothing to compare.</summary>
    /// <exception cref="Storage.Telemetry.StoreUnavailableException">The database cannot do it now.</exception>
    public async Task CompareAsync(CancellationToken ct)
    {
        if (!File.Exists(folders.ShownCheckpoint)) return;
        var note = await File.ReadAllBytesAsync(folders.ShownCheckpoint, ct);
        var finding = await court.JudgeAsync(note, ct);
        switch (finding.Testimony)
        {
            case Testimony.Contradicts:
                await store.HaltAsync($"{folders.ShownCheckpoint} holds {finding.Words}. {WitnessStand.WhatToDo}", note, time.GetUtcNow(), ct);
                break;
            case Testimony.Ignored:
                NotCompared(folders.ShownCheckpoint, finding.Words);
                break;
        }
    }

    /// <summary>Keeps what is shown, when it is news; a disk that cannot is said, and an older one says no less.</summary>
    public void Keep(PublishedCheckpoint? shown)
    {
        if (shown is null || ReferenceEquals(shown.Note, _kept)) return;
        try
        {
            DurableFile.Write(folders.ShownCheckpoint, shown.Note, DurableFile.Open);
        }
        catch (IOException fault)
        {
            NotKept(folders.ShownCheckpoint, fault.Message);
        }
        _kept = shown.Note;
    }

    [LoggerMessage(3460, LogLevel.Warning, "{Path} says nothing of this log: {Why}")]
    private partial void NotCompared(string path, string why);

    [LoggerMessage(3461, LogLevel.Warning, "The newest checkpoint cannot be kept in {Path}: {Why}")]
    private partial void NotKept(string path, string why);
}
