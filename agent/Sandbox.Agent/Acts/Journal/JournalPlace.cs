namespace Sandbox.Agent.Acts.Journal;

/// <summary>How far a file of the journal was read.</summary>
/// <param name="File">Its id; empty: there was none, so what comes is new.</param>
/// <param name="Offset">Of the next object.</param>
internal sealed record JournalPlace(string File, long Offset)
{
    /// <summary>Nothing was there.</summary>
    public static readonly JournalPlace Absent = new("", 0);
}
