namespace Sandbox.Server.Ingest;

/// <summary>Longest time between two signed reports of a device, as the server asks for it.</summary>
/// <param name="Every">1 minute to 1 hour; a minute unless set, which agents keep without being asked.</param>
internal sealed record Heartbeat(TimeSpan Every)
{
    /// <summary>The time when nobody set another.</summary>
    public static readonly Heartbeat Default = new(TimeSpan.FromMinutes(1));
}
