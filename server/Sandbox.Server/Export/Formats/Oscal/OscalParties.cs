using System.Text.Json.Nodes;
using Sandbox.Evidence.Record;

namespace Sandbox.Server.Export.Formats.Oscal;

/// <summary>The people of the document, each once, under the names that stand in the bundle's schedules.</summary>
internal sealed class OscalParties(Site site)
{
    /// <summary>Role of who signs.</summary>
    public const string Assessor = "assessor";

    /// <summary>Role of who is assessed.</summary>
    public const string Apprentice = "apprentice";

    private readonly Dictionary<string, string> _names = [];

    /// <summary>Id of the lab itself.</summary>
    public string Lab => Named($"{site.Id("oscal/lab")}", site.Name);

    /// <summary>Id of an apprentice.</summary>
    public string Of(FilledSchedule schedule) => Named(Person(schedule.Person), schedule.Name);

    /// <summary>Id of who decided: two of one name are two.</summary>
    public string Of(FilledDecision decision) => Named(Person(decision.DecidedBy), decision.By);

    /// <summary>What the metadata says of them. Asked for last: they are those of whom was spoken.</summary>
    public JsonArray ToJson() => JsonText.Array(_names.Select(one => new JsonObject { ["uuid"] = one.Key, ["type"] = one.Key == Lab ? "organization" : "person", ["name"] = one.Value }));

    /// <summary>The roles.</summary>
    public static JsonArray Roles() => [
        new JsonObject { ["id"] = Assessor, ["title"] = "Signs lines of the schedule" },
        new JsonObject { ["id"] = Apprentice, ["title"] = "Is assessed" },
    ];

    private string Person(Guid id) => $"{site.Id($"oscal/person/{id}")}";

    private string Named(string id, string name)
    {
        // OSCAL takes no empty text.
        _names.TryAdd(id, name.Trim().Length == 0 ? "without a name" : name.Trim());
        return id;
    }
}
