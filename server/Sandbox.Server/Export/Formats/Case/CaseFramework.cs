using System.Text.Json.Nodes;
using Sandbox.Evidence.Catalogue;

namespace Sandbox.Server.Export.Formats.Case;

/// <summary>
/// How the Work Process Schedule is named in CASE 1.1: the ids are the same in every lab, because the schedule is; the addresses are this lab's, which
/// answers there.
/// </summary>
internal sealed record CaseFramework(Schedule Schedule, Site Site)
{
    /// <summary>Path below which CASE's own services have their resources.</summary>
    public const string Path = "/ims/case/v1p1";

    /// <summary>The last change of the schedule's wording: the day on which it was taken over.</summary>
    public const string LastChange = "2026-11-23T00:00:00Z";

    /// <summary>The title under which alignments name it.</summary>
    public string Title => $"Work Process Schedule {Schedule.Title}";

    /// <summary>Id of the document.</summary>
    public Guid DocumentId => Id("document");

    /// <summary>Address of the document.</summary>
    public string Document => $"{Site.Address}{Path}/CFDocuments/{DocumentId}";

    /// <summary>Address of the whole package.</summary>
    public string Package => $"{Site.Address}{Path}/CFPackages/{DocumentId}";

    /// <summary>Id of a job function or a line.</summary>
    /// <param name="code">What the schedule numbers it with: <c>1</c> or <c>1.3</c>.</param>
    public Guid ItemId(string code) => Id(code);

    /// <summary>Address of a job function or a line.</summary>
    public string Item(string code) => $"{Site.Address}{Path}/CFItems/{ItemId(code)}";

    /// <summary>A link to the document, as CASE has links.</summary>
    public JsonObject DocumentLink() => Link(Title, DocumentId, Document);

    /// <summary>A link: title, id and address (CASE 1.1, LinkURI).</summary>
    public static JsonObject Link(string title, Guid id, string uri) => new() { ["title"] = title, ["identifier"] = $"{id}", ["uri"] = uri };

    private Guid Id(string what) => NameBasedId.Of($"urn:sandbox:work-process-schedule:{Schedule.OnetCode}:{what}");
}
