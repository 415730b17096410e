using System.Text.Json;

namespace Sandbox.Evidence.Catalogue;

/// <summary>The Work Process Schedule: what an apprentice must be able to do, in its own words. The data lies in <c>schedule.json</c>.</summary>
public sealed record Schedule
{
    /// <summary>The schedule that is in force.</summary>
    public static Schedule Current { get; } = Read();

    /// <summary>Title of the occupation.</summary>
    public required string Title { get; init; }

    /// <summary>The occupation's code of the Occupational Information Network.</summary>
    public required string OnetCode { get; init; }

    /// <summary>How it is completed.</summary>
    public required string ApprenticeshipType { get; init; }

    /// <summary>How long it lasts.</summary>
    public required string MinimumTime { get; init; }

    /// <summary>What it says of certificates.</summary>
    public required string RequiredCertifications { get; init; }

    /// <summary>The job functions in their order.</summary>
    public required IReadOnlyList<JobFunction> Functions { get; init; }

    /// <summary>One line by its id. Null: there is no such line.</summary>
    /// <param name="id">Function and place in it: <c>1.3</c>.</param>
    public ScheduleLine? Line(string id) => Functions.SelectMany(function => function.Lines).FirstOrDefault(line => line.Id == id);

    private static Schedule Read()
    {
        using var data = typeof(Schedule).Assembly.GetManifestResourceStream("schedule.json")!;
        return JsonSerializer.Deserialize(data, ScheduleJson.Default.Schedule)!;
    }
}

/// <summary>A job function of the schedule.</summary>
public sealed record JobFunction
{
    /// <summary>Its number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Its exact wording.</summary>
    public required string Title { get; init; }

    /// <summary>Whether every apprentice must show it.</summary>
    public required Requirement Requirement { get; init; }

    /// <summary>Its lines in their order.</summary>
    public required IReadOnlyList<ScheduleLine> Lines { get; init; }
}

/// <summary>A competency: one line of the schedule.</summary>
public sealed record ScheduleLine
{
    /// <summary>Function and place in it, from 1: <c>1.3</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its exact wording.</summary>
    public required string Wording { get; init; }

    /// <summary>What the schedule marks the line itself with. Null: it leaves the line unmarked, and what the function is marked with says nothing of it.</summary>
    public Requirement? Requirement { get; init; }
}

/// <summary>Whether something must be shown.</summary>
public enum Requirement
{
    /// <summary>By everybody.</summary>
    Core = 0,

    /// <summary>By those whose programme asks for it.</summary>
    Optional = 1,
}
