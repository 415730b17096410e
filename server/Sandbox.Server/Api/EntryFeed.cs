using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Sandbox.Server.Export;
using Sandbox.Server.Live;
using Sandbox.Server.People;
using Sandbox.Storage;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Api;

/// <summary>
/// Entries for programs: those that stand under a checkpoint, so that each can be proved as soon as it is read; and when it is asked for, those that come.
/// </summary>
internal sealed class EntryFeed(IDbContextFactory<SandboxDb> store, LiveFeed feed, TokenDoor door, TimeProvider time, IHostApplicationLifetime host)
{
    /// <summary>Longest silence of a feed that follows, and longest time until lost rights end it.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    /// <summary>The entries, in the log's order.</summary>
    /// <param name="asked">Which.</param>
    /// <param name="token">With which token it was asked.</param>
    /// <param name="viewer">Who stands behind it.</param>
    /// <param name="ct">Ends with the request.</param>
    /// <returns>Each entry; null when nothing came for a while.</returns>
    public async IAsyncEnumerable<LoggedEntry?> ReadAsync(EntryFilter asked, Guid token, Viewer viewer, [EnumeratorCancellation] CancellationToken ct)
    {
        using var subscription = feed.Subscribe();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct, host.ApplicationStopping);
        var (after, left) = (asked.After, asked.Limit ?? long.MaxValue);
        var filter = asked.For(viewer);
        while (left > 0)
        {
            var size = await SizeAsync(ended.Token);
            await foreach (var entry in NextAsync(filter with { After = after, Limit = left }, size, ended.Token))
            {
                yield return entry;
                after = entry.LeafIndex;
                left--;
            }
            if (!asked.Follow || left == 0) yield break;
            after = Math.Max(after ?? -1, size - 1);
            if (!await GrewAsync(subscription, ended.Token)) yield return null;
            if (await door.StillAsync(token, ended.Token) is not { } still) yield break;
            filter = asked.For(still);
        }
    }

    /// <summary>One entry that this person may see and that stands under a checkpoint. Null: there is none there.</summary>
    public async Task<LoggedEntry?> OneAsync(long index, Viewer viewer, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        var size = await SizeAsync(ct);
        return index < size && await new EntryReader(db).OneAsync(index, ct) is { } entry && (viewer.SeesEverything || entry.PersonId == viewer.PersonId) ? entry : null;
    }

    private async IAsyncEnumerable<LoggedEntry> NextAsync(EntryFilter filter, long size, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        await foreach (var entry in new EntryReader(db).ReadAsync(filter.Scope, filter.Kind, filter.After, filter.Limit ?? long.MaxValue, size, ct)) yield return entry;
    }

    private async Task<long> SizeAsync(CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await db.LogHeads.AsNoTracking().Select(head => head.CheckpointSize).SingleOrDefaultAsync(ct);
    }

    // Whether the log grew, before nothing happened for a while.
    private async Task<bool> GrewAsync(LiveFeed.Subscription subscription, CancellationToken ct)
    {
        using var silent = new CancellationTokenSource(Beat, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silent.Token, ct);
        try
        {
            await foreach (var happened in subscription.ReadAsync(either.Token))
                if (happened.Change == LiveChange.Log || happened.Missed) return true;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Nothing happened.
        }
        return false;
    }
}
