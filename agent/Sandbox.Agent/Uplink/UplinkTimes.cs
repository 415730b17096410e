namespace Sandbox.Agent.Uplink;

/// <summary>How long a stream waits for what.</summary>
internal sealed record UplinkTimes
{
    /// <summary>From the call to the server's welcome: 20 s.</summary>
    public TimeSpan Welcome { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>From a batch to its acknowledgement: 20 s.</summary>
    public TimeSpan Acknowledgement { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest life of a stream before it is opened anew: 12 h; each one lives a tenth less at random, so that a lab does not move in step.</summary>
    public TimeSpan Life { get; init; } = TimeSpan.FromHours(12);

    /// <summary>A stream that lived so long was good: retries start from the shortest wait again. 1 min.</summary>
    public TimeSpan Good { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>First wait before another try: about 0.5 s; it doubles.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait before another try, and, give or take a quarter, the wait after a refusal by a person: 60 s.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a stopping agent tries to hand over what it has: 3 s.</summary>
    public TimeSpan Farewell { get; init; } = TimeSpan.FromSeconds(3);
}
