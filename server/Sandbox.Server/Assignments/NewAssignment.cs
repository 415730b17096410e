using Sandbox.Evidence.Assignments;
using Sandbox.Protocol;

namespace Sandbox.Server.Assignments;

/// <summary>A task that a mentor wants to give.</summary>
/// <param name="Template">What is to be done.</param>
/// <param name="People">The apprentices who get it, each for themselves.</param>
/// <param name="Device">The device on which it is to be done. Null: on any.</param>
/// <param name="Target">The name of what is to be worked on. Empty: whatever it is.</param>
/// <param name="From">From when on it counts.</param>
/// <param name="Until">Until before when it counts.</param>
/// <param name="Words">What the mentor adds. Empty: nothing.</param>
internal sealed record NewAssignment(AssignmentTemplate Template, IReadOnlyList<Guid> People, DeviceId? Device, string Target, DateTimeOffset From, DateTimeOffset Until, string Words)
{
    /// <summary>Longest target, in characters.</summary>
    public const int LongestTarget = 100;

    /// <summary>Longest words, in characters.</summary>
    public const int LongestWords = 2000;

    private const int MostPeople = 200;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Why it cannot be given, with what to do. Null: it can.</summary>
    public string? Fault(DateTimeOffset now) => this switch
    {
        { People.Count: 0 } => "Choose at least one apprentice.",
        { People.Count: > MostPeople } => $"That is more than {MostPeople} apprentices at once.",
        _ when Until <= now => "Its end has passed already: nothing done from now on could count.",
        _ when Until <= From => "It would end before it begins.",
        _ when Until - From > Longest => "A window of more than a year is none: choose an earlier end.",
        { Target.Length: > LongestTarget } => $"The name has {Target.Length} characters; {LongestTarget} is the most.",
        { Words.Length: > LongestWords } => $"These are {Words.Length} characters; {LongestWords} is the most.",
        _ => null,
    };
}
