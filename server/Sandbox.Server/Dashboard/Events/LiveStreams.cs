using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using Sandbox.Server.Live;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.Events;

/// <summary>Turns the live feed into the events of one page. The stream ends when the session does, or the server stops.</summary>
internal sealed class LiveStreams(LiveFeed feed, LiveAudience audience, OpenSessions sessions, TimeProvider time, IHostApplicationLifetime host)
{
    /// <summary>Longest silence on a stream, and longest time until lost rights end it.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan DeviceStep = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LabStep = TimeSpan.FromSeconds(1);

    /// <summary>The events of one page: only what the person may see.</summary>
    /// <param name="user">Whose session it is.</param>
    /// <param name="topic">What the page is about.</param>
    /// <param name="until">When the session's cookie ends. Null: it does not say.</param>
    /// <param name="ct">Ends with the request.</param>
    public async IAsyncEnumerable<SseItem<string>> ReadAsync(
        ClaimsPrincipal user, LiveTopic topic, DateTimeOffset? until, [EnumeratorCancellation] CancellationToken ct)
    {
        using var session = sessions.Open(user);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct, session.Ended, host.ApplicationStopping);
        using var subscription = feed.Subscribe();
        var viewer = Viewer.Of(user);
        var pacer = new Pacer(topic.Device is null ? LabStep : DeviceStep, Beat, time);
        var next = NextAsync(subscription, viewer, topic, ended.Token);
        var checkAt = time.GetUtcNow() + Beat;

        yield return Pacer.Item("hello", time.GetUtcNow());
        while (!ended.IsCancellationRequested)
        {
            await FirstOfAsync(next, pacer.Wait(), ended.Token);
            if (next.IsCompleted)
            {
                if (await next is not { } happened) break;
                pacer.Take(happened);
                next = NextAsync(subscription, viewer, topic, ended.Token);
            }

            var now = time.GetUtcNow();
            if (now >= checkAt && (now >= until || !await audience.IsStillWelcomeAsync(user, viewer))) break;
            if (now >= checkAt) checkAt = now + Beat;
            foreach (var item in pacer.Due()) yield return item;
        }

        await ended.CancelAsync();
        await next;
    }

    // The next event for this page. Null: the stream is over.
    private async Task<LiveEvent?> NextAsync(LiveFeed.Subscription subscription, Viewer viewer, LiveTopic topic, CancellationToken ct)
    {
        try
        {
            await foreach (var happened in subscription.ReadAsync(ct))
                if (await audience.ConcernsAsync(happened, viewer, topic, ct)) return happened;
        }
        catch (OperationCanceledException)
        {
            // The page was closed, the session ended or the server stops: all three end the stream quietly.
        }

        return null;
    }

    private async Task FirstOfAsync(Task next, TimeSpan wait, CancellationToken ct)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(next, Task.Delay(wait, time, awake.Token));
        await awake.CancelAsync();
    }
}
