using Sandbox.Evidence.Assignments;
using Sandbox.Server.Dashboard.Words;
using Sandbox.Storage.Assignments;

namespace Sandbox.Server.Dashboard.Tasks;

/// <summary>A task with the names that belong to it.</summary>
/// <param name="Given">As it is kept.</param>
/// <param name="Person">Name of the apprentice. Null: they are gone.</param>
/// <param name="Device">Name of the device. Null: any, or it is gone.</param>
/// <param name="By">Name of who gave it. Null: they are gone.</param>
/// <param name="WithdrawnBy">Name of who took it back. Null: nobody did, or they are gone.</param>
public sealed record TaskRow(Assignment Given, string? Person, string? Device, string? By, string? WithdrawnBy)
{
    /// <summary>How it stands.</summary>
    public AssignmentStanding Standing(DateTimeOffset now) => AssignmentStates.Of(Given.Task(), now);
}

/// <summary>The list of tasks.</summary>
/// <param name="Open">Those that are planned or open, the nearest end first.</param>
/// <param name="Over">Those that are done, missed or withdrawn, the newest first; at most <see cref="MostOver"/>.</param>
/// <param name="AsOf">The server's clock.</param>
public sealed record TasksView(IReadOnlyList<TaskRow> Open, IReadOnlyList<TaskRow> Over, DateTimeOffset AsOf)
{
    /// <summary>Most tasks that are over and listed.</summary>
    public const int MostOver = 100;
}

/// <summary>One task, live.</summary>
/// <param name="Row">The task.</param>
/// <param name="Template">Where steps and hints come from. Null: this build does not have it any more.</param>
/// <param name="Checks">What must turn true, as it stands now.</param>
/// <param name="SeesDevice">Whether this person may see the device that it names.</param>
/// <param name="AsOf">The server's clock.</param>
public sealed record TaskView(TaskRow Row, AssignmentTemplate? Template, IReadOnlyList<AssignmentCheck> Checks, bool SeesDevice, DateTimeOffset AsOf)
{
    /// <summary>What was found and what was seeded, as far as this person may know.</summary>
    public required SeedingView Seeding { get; init; }
}

/// <summary>The form for a new task.</summary>
/// <param name="Template">What is to be given. Null: that is chosen first.</param>
/// <param name="Apprentices">Who may get it.</param>
/// <param name="Devices">Devices in service, by name.</param>
/// <param name="ByRecord">Whether devices can show nothing for it, so that a record is waited for.</param>
/// <param name="Seedable">Names of those devices whose owners let faults be seeded on them.</param>
/// <param name="AsOf">The server's clock.</param>
public sealed record NewTaskView(AssignmentTemplate? Template, IReadOnlyList<(Guid Id, string Name)> Apprentices, IReadOnlyList<(string Id, string Name)> Devices, bool ByRecord, IReadOnlyList<string> Seedable, DateTimeOffset AsOf)
{
    /// <summary>Ids of the rules that may be waited for, in the order of the policy.</summary>
    public required IReadOnlyList<string> Rules { get; init; }
}

/// <summary>Tasks for people.</summary>
internal static class TaskWords
{
    /// <summary>Tone and word of how a task stands.</summary>
    public static (Tone Tone, string Word) Of(AssignmentStanding standing) => standing switch
    {
        AssignmentStanding.Completed => (Tone.Good, "done"),
        AssignmentStanding.Open => (Tone.Unknown, "open"),
        AssignmentStanding.Planned => (Tone.Plain, "planned"),
        AssignmentStanding.Missed => (Tone.Warn, "not done in time"),
        _ => (Tone.Off, "withdrawn"),
    };

    /// <summary>What is checked.</summary>
    public static string Of(AssignmentCheck check) => check.What switch
    {
        "change" => "The work",
        "record" => "The record",
        var rule => RuleWords.Of(rule),
    };

    /// <summary>The window.</summary>
    public static string Window(Assignment given) => $"{given.From.UtcDateTime:yyyy-MM-dd HH:mm} to {given.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC";
}
