using System.Text.Json.Nodes;
using Google.Protobuf;
using Sandbox.Evidence.Record;
using Sandbox.Protocol;
using Sandbox.Server.Export.Formats.Case;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Export.Formats.Xapi;

/// <summary>
/// Statements of xAPI 1.0.3: one for each decision about a column, each word on a piece of evidence and each record. What was taken back voids what had
/// been said of the same thing; whoever takes in two exports keeps one of each, because ids come from entries, and that of a statement which voids from the
/// voided one as well.
/// </summary>
internal sealed class XapiStatements(CaseFramework framework, Guid person)
{
    // The statements that stand about a thing: a signature that was renewed has several.
    private readonly Dictionary<string, List<string>> _standing = [];

    /// <summary>The statements about a person.</summary>
    /// <param name="person">The apprentice.</param>
    /// <param name="entries">Entries in the log's order; those of others are left out.</param>
    /// <param name="framework">What the schedule is in CASE.</param>
    public static JsonArray Of(Guid person, IEnumerable<PlacedEntry> entries, CaseFramework framework)
    {
        var statements = new XapiStatements(framework, person);
        return JsonText.Array(entries.SelectMany(statements.Of));
    }

    private IEnumerable<JsonObject> Of(PlacedEntry entry)
    {
        if (FilledSchedule.PersonOf(entry.Body) != person) return [];
        if (FilledSchedule.Decision(entry.Body) is { } decided) return Decided(entry, decided);
        if (entry.Body.LearningEntered is { } learnt) return Learnt(entry, learnt);
        return entry.Body.Evidence is { } stated ? Stated(entry, stated) : [];
    }

    private IEnumerable<JsonObject> Decided(PlacedEntry entry, LineDecided decided)
    {
        var (thing, signed) = ($"{decided.Line}/{decided.Column}", decided.Decision == "signed");
        if (decided.Decision == "revoked") return Voided(entry, thing, decided.DecidedBy);
        // What was returned was so: no revocation takes that back.
        var statement = About(entry, decided.Line, signed ? "passed" : "failed", signed ? thing : null);
        if (statement is null) return [];
        var result = new JsonObject { ["success"] = signed };
        if (decided.HasWords) result["response"] = decided.Words;
        statement["result"] = result;
        statement["context"]!["instructor"] = XapiActor.Of(decided.DecidedBy, framework.Site);
        Extend(statement, "column", decided.Column);
        return [statement];
    }

    private IEnumerable<JsonObject> Learnt(PlacedEntry entry, LearningEntered learnt)
    {
        var thing = $"record/{Convert.ToHexStringLower(learnt.Id.Span)}";
        if (learnt.HasWithdrawnBy) return Voided(entry, thing, learnt.WithdrawnBy);
        var statement = About(entry, learnt.Line, learnt.Column == "ri" ? "attended" : "experienced", thing);
        if (statement is null) return [];
        var result = new JsonObject();
        if (learnt.HasMinutes) result["duration"] = System.Xml.XmlConvert.ToString(TimeSpan.FromMinutes(learnt.Minutes));
        if (learnt.HasSummary) result["response"] = learnt.Summary;
        if (result.Count > 0) statement["result"] = result;
        Extend(statement, "column", learnt.Column);
        // The statement's own time is when it was entered: of the day there is no hour.
        Extend(statement, "day", learnt.Day);
        Extend(statement, "source", learnt.Source);
        if (learnt.HasFileHash) Extend(statement, "fileSha256", Convert.ToHexStringLower(learnt.FileHash.Span));
        return [statement];
    }

    private IEnumerable<JsonObject> Stated(PlacedEntry entry, EvidenceStatement stated)
    {
        var thing = $"evidence/{Convert.ToHexStringLower(stated.EvidenceId.Span)}";
        if (stated.State is "undone" or "discounted") return Voided(entry, thing, stated.PersonId);
        var statement = About(entry, stated.Line, stated.State == "held" ? "completed" : "attempted", thing);
        if (statement is null) return [];
        // Never a success: that is for the mentor to say.
        statement["result"] = new JsonObject { ["completion"] = stated.State == "held", ["response"] = stated.After };
        Extend(statement, "grade", stated.Grade);
        return [statement];
    }

    // Thing: what takes it back names it so. Null: nothing does.
    private JsonObject? About(PlacedEntry entry, string line, string verb, string? thing)
    {
        if (framework.Schedule.Line(line) is not { } known) return null;
        var statement = New($"entry/{entry.Index}", entry, LogId.Of(person), verb, XapiActivity.Of(known, framework));
        var context = statement["context"]!.AsObject();
        // Only where the object is an activity (xAPI 1.0.3 part 2, §2.4.6).
        context["platform"] = "Sandbox";
        context["contextActivities"] = new JsonObject { ["parent"] = new JsonArray(XapiActivity.Function(known, framework)), ["grouping"] = new JsonArray(XapiActivity.Whole(framework)) };
        if (thing is not null) Standing(thing).Add((string)statement["id"]!);
        return statement;
    }

    private List<string> Standing(string thing) => _standing.TryGetValue(thing, out var standing) ? standing : _standing[thing] = [];

    // xAPI 1.0.3 part 2, §2.3.2. None: what is taken back is not in this export, so there is nothing to void. An export that has it says so then, under an id of its own.
    private IEnumerable<JsonObject> Voided(PlacedEntry entry, string thing, ByteString by)
    {
        _standing.Remove(thing, out var standing);
        return (standing ?? []).Select(id => New($"entry/{entry.Index}/voids/{id}", entry, by, "voided", new JsonObject { ["objectType"] = "StatementRef", ["id"] = id }));
    }

    private JsonObject New(string what, PlacedEntry entry, ByteString actor, string verb, JsonObject thing) => new()
    {
        ["id"] = $"{framework.Site.Id(what)}",
        ["actor"] = XapiActor.Of(actor, framework.Site),
        ["verb"] = XapiVerb.Of(verb),
        ["object"] = thing,
        ["context"] = new JsonObject { ["extensions"] = new JsonObject { [Extension("entry")] = entry.Index } },
        ["timestamp"] = JsonText.Instant(entry.At),
        ["version"] = "1.0.3",
    };

    private void Extend(JsonObject statement, string name, string value) => statement["context"]!["extensions"]![Extension(name)] = value;

    private string Extension(string name) => $"{framework.Site.Address}/xapi/{name}";
}
