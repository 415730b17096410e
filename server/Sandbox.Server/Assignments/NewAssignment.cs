using Sandbox.Evidence.Assignments;
using Sandbox.Protocol;
using Sandbox.Server.Faults;

namespace Sandbox.Server.Assignments;

/// <summary>A task that a mentor wants to give.</summary>
/// <param name="Template">What is to be done.</param>
/// <param name="People">The apprentices who get it, each for themselves.</param>
/// <param name="Device">The device on which it is to be done. Null: on any.</param>
/// <param name="Target">The name of what is to be worked on. Empty: whatever it is.</param>
/// <param name="From">From when on it counts.</param>
/// <param name="Until">Until before when it counts.</param>
/// <param name="Words">What the mentor adds. Empty: nothing.</param>
/// <param name="Seed">A fault that is seeded on the device at an undisclosed time. Null: none.</param>
internal sealed record NewAssignment(AssignmentTemplate Template, IReadOnlyList<Guid> People, DeviceId? Device, string Target, DateTimeOffset From, DateTimeOffset Until, string Words, FaultName? Seed = null)
{
    /// <summary>Longest target, in characters.</summary>
    public const int LongestTarget = 100;

    /// <summary>Longest words, in characters.</summary>
    public const int LongestWords = 2000;

    /// <summary>Most rules that a task can wait for.</summary>
    public const int MostChecks = 20;

    private const int MostPeople = 200;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Ids of the rules that must pass on the device; those that the policy does not ask there are left out. Null: those of the template.</summary>
    public IReadOnlyList<string>? Checks { get; init; }

    /// <summary>Why it cannot be given, with what to do. Null: it can.</summary>
    public string? Fault(DateTimeOffset now) => this switch
    {
        { People.Count: 0 } => "Choose at least one apprentice.",
        { People.Count: > MostPeople } => $"That is more than {MostPeople} apprentices at once.",
        _ when Until <= now => "Its end has passed already: nothing done from now on could count.",
        _ when Until <= From => "It would end before it begins.",
        _ when Until - From > Longest => "A window of more than a year is none: choose an earlier end.",
        { Seed: { } seed } when !FaultChoices.For(Template.Line).Contains(seed) => "That fault does not fit this assignment: choose one of the list, or none.",
        { Seed: not null, Device: null } => "A fault is seeded on one device: choose it.",
        { Seed: not null, People.Count: > 1 } => "A fault is seeded for one apprentice: give the others an assignment of their own.",
        { Checks.Count: > MostChecks } => $"That are {Checks.Count} checks; {MostChecks} is the most.",
        { Target.Length: > LongestTarget } => $"The name has {Target.Length} characters; {LongestTarget} is the most.",
        { Words.Length: > LongestWords } => $"These are {Words.Length} characters; {LongestWords} is the most.",
        _ => null,
    };
}
