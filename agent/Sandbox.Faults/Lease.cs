namespace Sandbox.Faults;

/// <summary>How long faults may stay without the server: until the agent, while it is connected, has not renewed it for 30 minutes. By a clock that nobody can set.</summary>
internal sealed class Lease(TimeProvider time)
{
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(30);
    private long _renewed = time.GetTimestamp();

    public bool IsOver => time.GetElapsedTime(_renewed) >= Length;

    public void Renew() => _renewed = time.GetTimestamp();
}
