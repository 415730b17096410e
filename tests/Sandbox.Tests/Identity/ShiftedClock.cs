namespace Sandbox.Tests.Identity;

/// <summary>A clock that runs as this machine's does and says another time: waits and deadlines take as long as they do for users.</summary>
internal sealed class ShiftedClock(TimeSpan ahead) : TimeProvider
{
    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
}
