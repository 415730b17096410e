using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Assignments;
using Sandbox.Server.Live;
using Sandbox.Storage;

namespace Sandbox.Server.Assignments;

/// <summary>
/// Notices that tasks are done, or that their device is gone: of those whom a change concerns after each change, and of all once a minute, for what another
/// replica took in and for work that became somebody else's. Several at once do no harm: each task is done once.
/// </summary>
internal sealed partial class AssignmentWatch(IServiceScopeFactory scopes, LiveFeed feed, TimeProvider time, ILogger<AssignmentWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>Changes that come close together are looked at once.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Channel<bool> _wanted = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _hearing = new();
    private Concerned _heard = new();

    /// <summary>Looks at open tasks now.</summary>
    public async Task LookAsync(Concerned concerned, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, material, book) = (scope.ServiceProvider.GetRequiredService<SandboxDb>(), scope.ServiceProvider.GetRequiredService<AssignmentMaterial>(), scope.ServiceProvider.GetRequiredService<AssignmentBook>());
        var now = time.GetUtcNow();
        var late = now - AssignmentStates.Late;
        await book.CloseOnGoneDevicesAsync(concerned, ct);
        foreach (var given in await concerned.Among(db.Assignments.AsNoTracking()).Where(a => a.WithdrawnAt == null && a.From <= now && a.Until > late).ToListAsync(ct))
        {
            var checks = await material.ChecksAsync(given, ct);
            // Rules are the machine's, which may fail again for other reasons; the work is the apprentice's.
            if (given.CompletedAt is not null && !checks[0].IsTrue) await book.ReopenAsync(given.Id, checks, ct);
            if (given.CompletedAt is not null || !checks.All(check => check.IsTrue)) continue;
            if (await book.CompleteAsync(given.Id, checks, ct)) Done(given.Id, given.Title);
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(HearAsync(stoppingToken), GoOnLookingAsync(stoppingToken));

    private async Task HearAsync(CancellationToken ct)
    {
        using var events = feed.Subscribe();
        await foreach (var happened in events.ReadAsync(ct))
            if (Hear(happened)) _wanted.Writer.TryWrite(true);
    }

    private bool Hear(LiveEvent happened)
    {
        lock (_hearing) return _heard.Take(happened);
    }

    private Concerned TakeHeard()
    {
        lock (_hearing)
        {
            var heard = _heard;
            _heard = new Concerned();
            return heard;
        }
    }

    private async Task GoOnLookingAsync(CancellationToken ct)
    {
        long? all = null;
        while (true)
        {
            var (heard, isTimeForAll) = (TakeHeard(), all is not { } last || time.GetElapsedTime(last) >= Every);
            if (isTimeForAll) all = time.GetTimestamp();
            await LookSafelyAsync(isTimeForAll ? Concerned.Everybody : heard, ct);
            // One wait at a time, whichever way it ends: an abandoned one would take the next call for itself.
            using var round = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var called = _wanted.Reader.WaitToReadAsync(round.Token).AsTask();
            var left = Every - time.GetElapsedTime(all!.Value);
            await Task.WhenAny(called, Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, round.Token));
            await round.CancelAsync();
            ct.ThrowIfCancellationRequested();
            if (!_wanted.Reader.TryRead(out _)) continue;
            await Task.Delay(Pause, time, ct);
        }
    }

    // A database that is away for a moment is no reason to look never again, nor is anything else: who would notice that tasks are never done?
    private async Task LookSafelyAsync(Concerned concerned, CancellationToken ct)
    {
        try
        {
            await LookAsync(concerned, ct);
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            NotLooked(fault);
        }
    }

    [LoggerMessage(3630, LogLevel.Information, "Assignment {Id} is done: {Title}")]
    private partial void Done(Guid id, string title);

    [LoggerMessage(3631, LogLevel.Warning, "Assignments could not be looked at, which is tried again within a minute")]
    private partial void NotLooked(Exception fault);
}
