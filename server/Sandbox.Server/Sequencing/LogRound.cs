using Sandbox.Ledger;
using Sandbox.Server.Live;
using Sandbox.Server.Pki;
using Sandbox.Server.Witness;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Sequencing;

/// <summary>
/// One round of the sequencer. Pending entries are integrated, step by step, each step committed as (size, root, tiles, places); only what is
/// committed is signed; only what is signed and kept is shown. So a crash at any point leaves nothing that the next round does not mend, and
/// two checkpoints of one size never differ: size and root are on the disk before the first is signed, and a database that cannot have grown from
/// what was shown (a standby took over that lacks the last commits, a point in time was restored) halts the log.
/// </summary>
internal sealed partial class LogRound(ILogStore store, LogKeys keys, NewestCheckpoint newest, TimeProvider time, ILogger<LogRound> logger)
{
    /// <summary>Most entries of one step: a transaction of some 10 ms, since a database that takes one writer makes the ingest wait for it.</summary>
    internal const int MostEntries = 1000;

    /// <summary>A backlog is published after this many steps at the latest, so that a checkpoint comes each second.</summary>
    private const int MostSteps = 10;

    /// <summary>The checkpoint of this log that is shown. Null: none was published yet.</summary>
    public PublishedCheckpoint? Shown => newest.Current is { } current && IsOurs(current.Note) ? current : null;

    private string? _silentBecause;
    private byte[] _ours = [];
    private (long Size, byte[] Root) _left = (-1, []);
    private readonly WitnessesFirst _witnesses = new(time);

    /// <summary>Does what there is to do; nothing new makes no new checkpoint.</summary>
    /// <exception cref="Storage.Telemetry.StoreUnavailableException">The database cannot do it now.</exception>
    /// <exception cref="InvalidDataException">The tiles in the database do not give the root that was signed.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        var head = await store.HeadAsync(keys.Origin, ct);
        if (newest.Current is null) Show(head);
        if (!MaySign(head) || !await FollowsAsync(head, ct)) return;
        Show(head);
        if (!_witnesses.HadTheirTime(head) || !await IntegrateAsync(head, ct)) return;
        if (head.CheckpointSize < head.Size) await PublishAsync(head, ct);
        _left = (head.Size, head.Root);
    }

    // Asked of every head that is not as this server left it: a database that goes back under a running server does not say so.
    private async Task<bool> FollowsAsync(LogHead head, CancellationToken ct)
    {
        if (Shown is not { } shown) return true;
        if (head.Size == _left.Size && head.Root.AsSpan().SequenceEqual(_left.Root) && shown.Size <= _left.Size) return true;
        if (head.Size >= shown.Size)
        {
            var root = await store.RootAtAsync(head, shown.Size, ct);
            if (Checkpoint.Parse(SignedNote.Parse(shown.Note).Text).Root.AsSpan().SequenceEqual(root)) return true;
        }
        var now = head.Size < shown.Size ? $"the log has only {head.Size} now" : $"the log's first {shown.Size} entries are others now";
        await store.HaltAsync($"This server showed a checkpoint of {shown.Size} entries, but {now}. {Halt.WhatToDo}", shown.Note, time.GetUtcNow(), ct);
        return false;
    }

    // False: the head is elsewhere by now. Another server was quicker, or the database went back; the next round looks.
    private async Task<bool> IntegrateAsync(LogHead head, CancellationToken ct)
    {
        for (var step = 0; step < MostSteps; step++)
        {
            var pending = await store.PendingAsync(MostEntries, ct);
            if (pending.Count == 0) return true;
            var growth = await TreeGrowth.AppendAsync(head.Size, head.Root, store.TileAsync, pending.Select(entry => entry.Leaf), ct);
            var tiles = growth.Tiles.Select(tile => new LogTile { Level = tile.Level, Index = tile.Index, Hashes = tile.Hashes });
            if (!await store.IntegrateAsync(new LogGrowth(head.Size, [.. pending.Select(entry => entry.EntryId)], [.. tiles], growth.Root), ct))
                return false;
            (head.Size, head.Root) = (growth.Size, growth.Root);
            if (pending.Count < MostEntries) return true;
        }
        return true;
    }

    private async Task PublishAsync(LogHead head, CancellationToken ct)
    {
        var note = new Checkpoint(keys.Origin, head.Size, head.Root).Sign(keys.Signing);
        if (!await store.PublishAsync(head.Size, note, time.GetUtcNow(), ct)) return;
        _ours = note;
        newest.Show(new PublishedCheckpoint(head.Size, note));
        Published(head.Size);
    }

    private void Show(LogHead head)
    {
        if (Shown is { } shown && shown.Size > head.CheckpointSize) return;
        if (head.Checkpoint is { } note && newest.Current?.Note.AsSpan().SequenceEqual(note) != true) newest.Show(new PublishedCheckpoint(head.CheckpointSize, note));
    }

    // Said once, not with every look.
    private bool MaySign(LogHead head)
    {
        var why = head switch
        {
            { HaltedAt: not null } => head.HaltReason ?? "it was halted",
            { Origin: var origin } when origin != keys.Origin =>
                $"The log in the database is {origin}, but this server's key is one of {keys.Origin}: the database and the key are not of one age. Put back the key, or the database, from the same backup.",
            { Checkpoint: { } note } when !IsOurs(note) =>
                $"The last checkpoint in the database was not signed by the key {keys.Verifier} nor by one before it: this server has another log's key. Put back the folder pki that belongs to the database.",
            _ => null,
        };
        if (why is not null && why != _silentBecause) Silent(why);
        _silentBecause = why;
        return why is null;
    }

    private bool IsOurs(byte[] note)
    {
        if (_ours.AsSpan().SequenceEqual(note)) return true;
        try
        {
            if (!keys.HasSigned(SignedNote.Parse(note))) return false;
        }
        catch (FormatException damage)
        {
            throw new InvalidDataException($"the last checkpoint cannot be read. {damage.Message}");
        }
        _ours = note;
        return true;
    }

    [LoggerMessage(3410, LogLevel.Debug, "Published the checkpoint of {Size} entries")]
    private partial void Published(long size);

    [LoggerMessage(3411, LogLevel.Critical, "The evidence log is not signed: {Why}")]
    private partial void Silent(string why);
}
