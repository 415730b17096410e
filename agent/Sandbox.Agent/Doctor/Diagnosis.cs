using System.Text.Json.Serialization;

namespace Sandbox.Agent.Doctor;

/// <summary>What this agent sees of a machine, and what keeps it from seeing the rest.</summary>
/// <param name="User">As whom it looks.</param>
/// <param name="Privileged">Whether that is root.</param>
/// <param name="Parts">One per collector, in the order in which they run.</param>
internal sealed record Diagnosis(string User, bool Privileged, IReadOnlyList<PartDiagnosis> Parts)
{
    /// <summary>What was mended before looking, and what could not be. Empty: nobody asked for it.</summary>
    public IReadOnlyList<string> Mended { get; init; } = [];

    /// <summary>Whether Linux audit is on. Null: it is another system, which cannot be asked.</summary>
    public AuditStanding? Audit { get; init; }

    /// <summary>What to do about what is not seen, each thing once.</summary>
    [JsonIgnore]
    public IReadOnlyList<Remedy> Remedies => Remedy.Of(Parts.SelectMany(part => part.Unseen).Select(one => (one.What, one.Remedy)).Prepend(("Linux audit", Audit?.Remedy)));

    /// <summary>There is nothing to do: every part ran, is woken by what it watches, and what it does not see cannot be helped.</summary>
    [JsonIgnore]
    public bool Healthy => Parts.All(part => part is { Sight: not Sight.Failed, WatchTrouble: null }) && Remedies.Count == 0;
}

/// <summary>One collector.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sight">How much it sees.</param>
/// <param name="Message">What kept it from running to its end. Null: nothing did.</param>
/// <param name="Unseen">What it could not see.</param>
/// <param name="Watches">How many files and folders wake it.</param>
/// <param name="WatchTrouble">What keeps others from waking it. Null: nothing does.</param>
/// <param name="Milliseconds">How long it took.</param>
internal sealed record PartDiagnosis(
    string Name, Sight Sight, string? Message, IReadOnlyList<UnseenThing> Unseen, int Watches, string? WatchTrouble, double Milliseconds);

/// <summary>One thing that could not be seen.</summary>
/// <param name="What">A path, or an interface of the system.</param>
/// <param name="Why">For people.</param>
/// <param name="Remedy">What to do. Null: nothing can be done.</param>
internal sealed record UnseenThing(string What, string Why, string? Remedy);

/// <summary>How much a collector sees.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Sight>))]
internal enum Sight
{
    /// <summary>All that there is.</summary>
    Seen,

    /// <summary>Something, and it says what it does not.</summary>
    Partly,

    /// <summary>It did not run to its end.</summary>
    Failed,
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Diagnosis))]
internal sealed partial class DiagnosisJson : JsonSerializerContext;
