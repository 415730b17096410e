namespace Sandbox.Server.Assessment;

/// <summary>From how long a silence of a device on nothing is known of it any more.</summary>
/// <param name="Time">5 minutes to 30 days; 24 hours unless set.</param>
internal sealed record SilentAfter(TimeSpan Time)
{
    /// <summary>The time when nobody set another.</summary>
    public static readonly SilentAfter Default = new(TimeSpan.FromHours(24));
}
