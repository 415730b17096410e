using System.Runtime.CompilerServices;
using Sandbox.Server.Live;
using Sandbox.Server.People;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Api;

/// <summary>Entries for programs, and when it is asked for, those that come.</summary>
internal sealed class EntryFeed(EntryPages pages, LiveFeed feed, TokenDoor door, TimeProvider time, IHostApplicationLifetime host)
{
    /// <summary>Longest silence of a feed that follows, and longest time until lost rights end a reading.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    /// <summary>The entries, in the log's order.</summary>
    /// <param name="reading">Which, and with which token.</param>
    /// <param name="ct">Ends with the request.</param>
    /// <returns>Each entry; null when nothing came for a while.</returns>
    /// <exception cref="LostRightsException">The token is good no longer.</exception>
    /// <exception cref="OperationCanceledException">The program left, or the server stops.</exception>
    public async IAsyncEnumerable<LoggedEntry?> ReadAsync(Reading reading, [EnumeratorCancellation] CancellationToken ct)
    {
        using var subscription = feed.Subscribe();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct, host.ApplicationStopping);
        var (after, left) = (reading.Asked.After, reading.Asked.Limit ?? long.MaxValue);
        var (filter, looked, said) = (await door.LookAsync(reading, ended.Token), time.GetTimestamp(), time.GetTimestamp());
        while (left > 0)
        {
            var size = await pages.SizeAsync(ended.Token);
            await foreach (var entry in pages.ReadAsync(filter with { After = after, Limit = left }, size, ended.Token))
            {
                // A long log, or a slow program, outlasts rights.
                if (time.GetElapsedTime(looked) >= Beat) (filter, looked) = (await door.LookAsync(reading, ended.Token), time.GetTimestamp());
                if (!filter.Holds(entry)) throw new LostRightsException();
                yield return entry;
                (after, left, said) = (entry.LeafIndex, left - 1, time.GetTimestamp());
            }
            if (!reading.Asked.Follow || left == 0) yield break;
            after = Math.Max(after ?? -1, size - 1);
            await GrewAsync(subscription, Beat - time.GetElapsedTime(said), ended.Token);
            (filter, looked) = (await door.LookAsync(reading, ended.Token), time.GetTimestamp());
            if (time.GetElapsedTime(said) < Beat) continue;
            said = time.GetTimestamp();
            yield return null;
        }
    }

    /// <summary>One entry that this person may see and that stands under a checkpoint; that an auditor reads it is noted first. Null: there is none there.</summary>
    public async Task<LoggedEntry?> OneAsync(long index, Viewer viewer, string address, CancellationToken ct)
    {
        if (await pages.OneAsync(index, viewer, ct) is not { } entry) return null;
        await door.NoteAsync(viewer, address, entry, ct);
        return entry;
    }

    // Until the log grew, or for so long.
    private async Task GrewAsync(LiveFeed.Subscription subscription, TimeSpan wait, CancellationToken ct)
    {
        if (wait <= TimeSpan.Zero) return;
        using var silent = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silent.Token, ct);
        try
        {
            await foreach (var happened in subscription.ReadAsync(either.Token))
                if (happened.Change == LiveChange.Log || happened.Missed) return;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Nothing happened.
        }
    }
}
