using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Sandbox.Server.Live;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Devices;

/// <summary>
/// Writes refusals to the store behind the back of the calls that caused them: a call never waits for it nor fails because of it.
/// Bounded twice, so that a flood fills neither the memory nor the disk; the log has every one. A new row has its entry in the evidence log, in the
/// same transaction; a repetition has none, and no more than <see cref="MostEntries"/> are made in an hour. What gets neither is counted, and an entry says how many.
/// </summary>
internal sealed partial class RefusalBook(IDbContextFactory<SandboxDb> store, LiveFeed feed, ILogger<RefusalBook> logger) : BackgroundService
{
    /// <summary>Most rows kept; the oldest go.</summary>
    internal const int MostRows = 1000;

    /// <summary>A machine that is turned away tries again each minute; so long after the last time it is one story, and one row.</summary>
    internal static readonly TimeSpan OneStory = TimeSpan.FromHours(1);

    /// <summary>Most entries of the evidence log that refusals make in <see cref="OneStory"/>: strangers with many addresses must not fill it.</summary>
    internal const int MostEntries = 500;

    /// <summary>Most that wait to be written.</summary>
    internal const int MostWaiting = 256;

    private readonly Queue<DateTimeOffset> _entries = [];
    private long _dropped, _leftOut;

    private readonly Channel<Refusal> _waiting =
        Channel.CreateBounded<Refusal>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    /// <summary>Hands over a refusal; it is only counted when too many wait.</summary>
    public void Note(Refusal refusal)
    {
        if (!_waiting.Writer.TryWrite(refusal)) Interlocked.Increment(ref _dropped);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            var batch = new List<Refusal>();
            while (batch.Count < MostWaiting && _waiting.Reader.TryRead(out var refusal)) batch.Add(refusal);
            await WriteAsync(batch, stoppingToken);
        }
    }

    private async Task WriteAsync(List<Refusal> batch, CancellationToken ct)
    {
        var dropped = Interlocked.Exchange(ref _dropped, 0);
        if (dropped > 0) TooMany(dropped);
        var leftOut = _leftOut += dropped;
        try
        {
            await using var db = await store.CreateDbContextAsync(ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            SayLeftOut(db, batch[^1].At);
            foreach (var refusal in batch) await PutAsync(db, refusal, ct);
            await db.SaveChangesAsync(ct);
            var oldest = batch.Max(x => x.Id) - MostRows;
            if (oldest > 0) await db.Refusals.Where(x => x.Id <= oldest).ExecuteDeleteAsync(ct);
            await transaction.CommitAsync(ct);
            feed.Publish(new LiveEvent(null, LiveChange.Refusal, batch[^1].At));
        }
        catch (Exception fault) when (fault is DbException or DbUpdateException)
        {
            _leftOut = leftOut + batch.Count;
            NotWritten(batch.Count, fault);
        }
    }

    // Before the new ones: they must not take the last entry of the hour from it.
    private void SayLeftOut(SandboxDb db, DateTimeOffset now)
    {
        if (_leftOut == 0 || !MayLog(now)) return;
        db.LogEntries.Add(DeviceLog.LeftOut(_leftOut, now));
        _leftOut = 0;
    }

    private async Task PutAsync(SandboxDb db, Refusal refusal, CancellationToken ct)
    {
        var since = refusal.At - OneStory;
        var same = db.Refusals.Local.FirstOrDefault(x => IsOneStory(x, refusal)) ?? await db.Refusals
            .Where(x => x.Reason == refusal.Reason && x.DeviceId == refusal.DeviceId && (x.DeviceId != null || x.Peer == refusal.Peer) && x.At > since)
            .OrderByDescending(x => x.At).FirstOrDefaultAsync(ct);
        if (same is null)
        {
            db.Refusals.Add(refusal);
            if (MayLog(refusal.At)) db.LogEntries.Add(DeviceLog.TurnedAway(refusal));
            else _leftOut++;
        }
        else (same.At, same.Peer, same.Detail) = (refusal.At, refusal.Peer, refusal.Detail);
    }

    private bool MayLog(DateTimeOffset now)
    {
        while (_entries.TryPeek(out var oldest) && oldest < now - OneStory) _entries.Dequeue();
        if (_entries.Count >= MostEntries) return false;
        _entries.Enqueue(now);
        return true;
    }

    private static bool IsOneStory(Refusal one, Refusal other) =>
        one.Reason == other.Reason && one.DeviceId == other.DeviceId && (one.DeviceId is not null || one.Peer == other.Peer) && one.At > other.At - OneStory;

    [LoggerMessage(3208, LogLevel.Warning, "Too much was turned away at once: {Count} refusals are not written to the database one by one; the log above has them")]
    private partial void TooMany(long count);

    [LoggerMessage(3201, LogLevel.Warning, "{Count} refusals could not be written to the database; the log above has them")]
    private partial void NotWritten(int count, Exception fault);
}
