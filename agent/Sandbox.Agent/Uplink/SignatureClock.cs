namespace Sandbox.Agent.Uplink;

/// <summary>When the chain's head is signed: with a change, but at most once a second; and at least once a heartbeat.</summary>
internal sealed class SignatureClock(TimeProvider time)
{
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _afterFailure = TimeSpan.FromSeconds(5);
    private readonly long _started = time.GetTimestamp();
    private long? _signed;
    private long? _failed;

    /// <summary>Longest time between two signed reports: 10 s to 1 h, 1 min unless the server says otherwise.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether a change went out that no signature covers yet.</summary>
    public bool Owes { get; private set; }

    /// <summary>Time until a signature is due though nothing is flushed; zero when it is due now.</summary>
    public TimeSpan Left
    {
        get
        {
            var left = (Owes ? _shortest : Heartbeat) - time.GetElapsedTime(_signed ?? _started);
            var pause = _failed is { } failed ? _afterFailure - time.GetElapsedTime(failed) : TimeSpan.Zero;
            return new[] { left, pause, TimeSpan.Zero }.Max();
        }
    }

    /// <summary>Whether a flush is to be signed. One near the heartbeat's end is, which saves a report of its own.</summary>
    public bool Wants(bool change) => _signed is not { } signed
        ? change || time.GetElapsedTime(_started) >= Heartbeat * 0.75
        : time.GetElapsedTime(signed) >= (change || Owes ? _shortest : Heartbeat * 0.75);

    /// <summary>A flush is on disk.</summary>
    public void Flushed(bool change, bool signed)
    {
        _failed = null;
        Owes = !signed && (change || Owes);
        if (signed) _signed = time.GetTimestamp();
    }

    /// <summary>A flush could not be written: the next try of its own accord comes after a pause.</summary>
    public void Failed() => _failed = time.GetTimestamp();
}
