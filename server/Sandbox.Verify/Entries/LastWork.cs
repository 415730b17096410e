using System.Globalization;

namespace Sandbox.Verify.Entries;

/// <summary>The last work of a person of which an entry was erased.</summary>
/// <param name="At">Time of its leaf, which stands.</param>
internal sealed record LastWork(DateTimeOffset At)
{
    // The day on which somebody left is one where they are; the leaf's is one of the server's clock.
    private const int DaysOfDoubt = 2;

    /// <summary>The erasure that takes it. Null: none was read yet.</summary>
    public ErasureAct? Erasure { get; init; }

    /// <summary>The erasure, where it counts the time of keeping from a day before this work. Null: it does not, or was made early, which it says.</summary>
    public ErasureAct? Contradicts => Erasure is { Early: false, LeftOn: { } left }
        && DateOnly.TryParseExact(left, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && DateOnly.FromDateTime(At.UtcDateTime) > day.AddDays(DaysOfDoubt) ? Erasure : null;
}
