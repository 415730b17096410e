namespace Sandbox.Evidence;

/// <summary>Instants in the words of a reason.</summary>
internal static class Instant
{
    /// <summary><c>2026-11-23 17:00 UTC</c>.</summary>
    public static string Words(DateTimeOffset instant) => $"{instant.UtcDateTime:yyyy-MM-dd HH:mm} UTC";
}
