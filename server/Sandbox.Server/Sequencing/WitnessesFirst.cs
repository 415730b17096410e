using Sandbox.Storage.Log;

namespace Sandbox.Server.Sequencing;

/// <summary>
/// Lets the agents speak first after a start. A data folder that was put back from a backup as a whole, with the file beside the database, looks
/// right to itself; what it signed before an agent shows a newer checkpoint would be a second tree. The first one that comes does not end the wait: it
/// may have been away since the backup, too.
/// </summary>
internal sealed class WitnessesFirst(TimeProvider time)
{
    /// <summary>How long nothing new is signed. Agents of a server that was long away try once a minute: of 40, one comes in time in 97 of 100 cases, of 5 in 35. When
    /// none does, a second tree is signed, and the first agent that comes with what it saw halts the log.</summary>
    internal static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    /// <summary>A checkpoint that is younger was signed by the process before this one: no backup is put back so soon.</summary>
    internal static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private long? _began;
    private bool _over;

    /// <summary>Whether the log may go on from what is published. A log that published nothing yet has no witnesses to wait for.</summary>
    public bool HadTheirTime(LogHead head)
    {
        if (_over) return true;
        var began = _began ??= time.GetTimestamp();
        return _over = head.PublishedAt is not { } at || IsFresh(time.GetUtcNow() - at) || time.GetElapsedTime(began) >= Wait;
    }

    // One of the future is none: the clock went back.
    private static bool IsFresh(TimeSpan age) => age >= TimeSpan.Zero && age < Fresh;
}
