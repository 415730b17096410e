namespace Sandbox.Storage.Faults;

/// <summary>What an apprentice says to have found on the device of a task, whether or not something was seeded.</summary>
public sealed class Guess
{
    /// <summary>Longest words, in characters.</summary>
    public const int LongestWords = 500;

    /// <summary>Random id.</summary>
    public Guid Id { get; set; }

    /// <summary>The task.</summary>
    public Guid AssignmentId { get; set; }

    /// <summary>When it was said, by the server's clock.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>In the apprentice's words.</summary>
    public required string Words { get; set; }
}
