using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Assignments;
using Sandbox.Server.Live;
using Sandbox.Storage;

namespace Sandbox.Server.Assignments;

/// <summary>
/// Notices that tasks are done: after each change that may have done one, and once a minute, for what another replica took in. Several at once do no
/// harm: each task is done once.
/// </summary>
internal sealed partial class AssignmentWatch(IServiceScopeFactory scopes, LiveFeed feed, TimeProvider time, ILogger<AssignmentWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>Changes that come close together are looked at once.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Channel<bool> _wanted = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Looks at all open tasks now.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, material, book) = (scope.ServiceProvider.GetRequiredService<SandboxDb>(), scope.ServiceProvider.GetRequiredService<AssignmentMaterial>(), scope.ServiceProvider.GetRequiredService<AssignmentBook>());
        var now = time.GetUtcNow();
        var late = now - AssignmentStates.Late;
        foreach (var given in await db.Assignments.AsNoTracking().Where(a => a.WithdrawnAt == null && a.From <= now && a.Until > late).ToListAsync(ct))
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
            if (happened.Missed || happened.Change is LiveChange.Facts or LiveChange.Line) _wanted.Writer.TryWrite(true);
    }

    private async Task GoOnLookingAsync(CancellationToken ct)
    {
        while (true)
        {
            await LookSafelyAsync(ct);
            // One wait at a time, whichever way it ends: an abandoned one would take the next call for itself.
            using var round = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var called = _wanted.Reader.WaitToReadAsync(round.Token).AsTask();
            await Task.WhenAny(called, Task.Delay(Every, time, round.Token));
            await round.CancelAsync();
            ct.ThrowIfCancellationRequested();
            if (!_wanted.Reader.TryRead(out _)) continue;
            await Task.Delay(Pause, time, ct);
        }
    }

    // A database that is away for a moment is no reason to look never again, nor is anything else: who would notice that tasks are never done?
    private async Task LookSafelyAsync(CancellationToken ct)
    {
        try
        {
            await LookAsync(ct);
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
