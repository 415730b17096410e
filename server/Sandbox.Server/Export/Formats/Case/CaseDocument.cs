using System.Text.Json.Nodes;

namespace Sandbox.Server.Export.Formats.Case;

/// <summary>The CFDocument: what the schedule is as a whole.</summary>
internal static class CaseDocument
{
    /// <summary>The document. Its creator is the lab, which put the schedule's words into this form.</summary>
    public static JsonObject Of(CaseFramework framework) => new()
    {
        ["identifier"] = $"{framework.DocumentId}",
        ["uri"] = framework.Document,
        ["creator"] = framework.Site.Name,
        ["title"] = framework.Title,
        ["description"] = $"O*NET {framework.Schedule.OnetCode}, {framework.Schedule.ApprenticeshipType}. {framework.Schedule.MinimumTime}",
        ["lastChangeDateTime"] = CaseFramework.LastChange,
        ["adoptionStatus"] = "Adopted",
        ["language"] = "en",
        ["caseVersion"] = "1.1",
        ["CFPackageURI"] = CaseFramework.Link(framework.Title, framework.DocumentId, framework.Package),
    };
}
