using System.Collections.Concurrent;
using System.Threading.Channels;
using Sandbox.Protocol;

namespace Sandbox.Server.Live;

/// <summary>
/// Tells open pages that something was committed. Subscribe first, read the store second: then nothing falls between. A slow subscriber
/// loses the oldest events, never delays a commit, and is told so by <see cref="LiveEvent.Missed"/>.
/// </summary>
internal sealed class LiveFeed
{
    private const int MostWaiting = 64;
    private readonly ConcurrentDictionary<Subscription, byte> _subscriptions = new();

    /// <summary>Hands an event to all subscribers; called after the commit that it speaks of.</summary>
    public void Publish(LiveEvent happened)
    {
        foreach (var (subscription, _) in _subscriptions) subscription.Offer(happened);
    }

    /// <summary>From now on, events can be read from what is returned.</summary>
    public Subscription Subscribe()
    {
        var subscription = new Subscription(gone => _subscriptions.TryRemove(gone, out _));
        _subscriptions[subscription] = 0;
        return subscription;
    }

    /// <summary>One reader of the feed.</summary>
    internal sealed class Subscription(Action<Subscription> leave) : IDisposable
    {
        private readonly Channel<LiveEvent> _events = Channel.CreateBounded<LiveEvent>(MostWaiting);
        private int _missed;

        /// <summary>Reads until the token ends it; an event in front of which others were lost says so.</summary>
        public async IAsyncEnumerable<LiveEvent> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
        {
            await foreach (var happened in _events.Reader.ReadAllAsync(ct))
                yield return Interlocked.Exchange(ref _missed, 0) == 1 ? happened with { Missed = true } : happened;
        }

        /// <inheritdoc/>
        public void Dispose() => leave(this);

        internal void Offer(LiveEvent happened)
        {
            if (!_events.Writer.TryWrite(happened)) Interlocked.Exchange(ref _missed, 1);
        }
    }
}

/// <summary>Something that was committed.</summary>
/// <param name="Device">The device that it concerns. Null: the lab as a whole.</param>
/// <param name="Change">What sort of thing.</param>
/// <param name="At">The server's clock.</param>
/// <param name="Missed">Events before this one were lost to this subscriber: read everything again.</param>
internal sealed record LiveEvent(DeviceId? Device, LiveChange Change, DateTimeOffset At, bool Missed = false)
{
    /// <summary>The person whom it concerns, whatever the device. Null: nobody in particular.</summary>
    public Guid? Person { get; init; }
}

/// <summary>What sort of thing happened.</summary>
internal enum LiveChange
{
    /// <summary>Facts or findings changed.</summary>
    Facts,

    /// <summary>It was heard of; nothing changed but ages.</summary>
    Seen,

    /// <summary>Its stream opened or closed.</summary>
    Connection,

    /// <summary>It was enrolled, renamed, retired, replaced or revoked.</summary>
    Device,

    /// <summary>People changed.</summary>
    People,

    /// <summary>A join code was made, withdrawn or put back.</summary>
    Code,

    /// <summary>Something was turned away.</summary>
    Refusal,

    /// <summary>Evidence for a line of somebody's schedule became another, or something was decided, entered or given for it.</summary>
    Line,

    /// <summary>The evidence log grew, was published or halted.</summary>
    Log,
}
