using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Assessment;

/// <summary>
/// When a device is to be judged again by time alone. The stored instant is moved only when it is too late or has passed, not with every report
/// that moves it on: judged too early, a device is merely judged once more.
/// </summary>
internal sealed class JudgePlan
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromHours(1);
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(1);
    private DateTimeOffset? _stored;
    private DateTimeOffset? _toldAt;

    /// <summary>The next instant at which time alone may change something. Null: nothing has been judged yet.</summary>
    public DateTimeOffset? Next { get; private set; }

    /// <summary>A judgement was made.</summary>
    /// <param name="next">When time alone may change it. Null: never.</param>
    /// <param name="writes">Gets what is to be stored.</param>
    /// <param name="now">The server's clock.</param>
    public void Judged(DateTimeOffset? next, StreamWrites writes, DateTimeOffset now)
    {
        Next = next is not { } instant ? DateTimeOffset.MaxValue : instant > now + Soonest ? instant : now + Soonest;
        if (_stored > now && _stored <= Next) return;
        (writes.JudgeAt, writes.ToldAt) = (_stored = Next, _toldAt);
    }

    /// <summary>People's word of the device was read: what is asked for by a word before is answered by the next judgement.</summary>
    public void Told(DateTimeOffset now) => _toldAt = now;

    /// <summary>Somebody asked for the judgement by the stored instant: it is to be moved in any case.</summary>
    public void Asked() => _stored = null;

    /// <summary>The device could not be judged: not again at once.</summary>
    public void Failed(StreamWrites writes, DateTimeOffset now) => (writes.JudgeAt, writes.ToldAt) = (_stored = Next = now + AfterFault, now);
}
