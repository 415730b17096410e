namespace Sandbox.Agent.Uplink;

/// <summary>Wakes whoever took <see cref="Next"/> before the beat. Take it, look at the state, then wait: no beat is missed and nobody polls.</summary>
internal sealed class Pulse
{
    private TaskCompletionSource _next = New();

    /// <summary>Completes at the next beat.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Beat() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
