using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sandbox.Evidence.Assignments;

/// <summary>A task for a line of the schedule, ready to be given. The data lies in <c>templates.json</c>.</summary>
public sealed record AssignmentTemplate
{
    /// <summary>All of them, by line.</summary>
    public static IReadOnlyList<AssignmentTemplate> All { get; } = Read();

    /// <summary>Such as <c>user-account</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The line of the schedule: <c>1.3</c>.</summary>
    public required string Line { get; init; }

    /// <summary>What is to be done, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>What is to be done, step by step.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    /// <summary>Three hints, each telling more than the one before.</summary>
    public required IReadOnlyList<string> Hints { get; init; }

    /// <summary>What the task's target is called: <c>Account</c>. Null: it has none.</summary>
    public string? Target { get; init; }

    /// <summary><see cref="AssignmentTask.Acts"/>.</summary>
    public IReadOnlyList<string> Acts { get; init => field = value ?? []; } = [];

    /// <summary>Rules that must pass on the device in the end, if the policy has them.</summary>
    // The reader of JSON sets what a template leaves out to null.
    public IReadOnlyList<string> Rules { get; init => field = value ?? []; } = [];

    /// <summary>The template of an id. Null: there is none any more.</summary>
    public static AssignmentTemplate? Find(string id) => All.FirstOrDefault(one => one.Id == id);

    private static List<AssignmentTemplate> Read()
    {
        using var data = typeof(AssignmentTemplate).Assembly.GetManifestResourceStream("templates.json")!;
        return JsonSerializer.Deserialize(data, TemplateJson.Default.ListAssignmentTemplate)!;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(List<AssignmentTemplate>))]
internal sealed partial class TemplateJson : JsonSerializerContext;
