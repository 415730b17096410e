using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sandbox.Server.Export;
using Sandbox.Server.Export.Formats.Oscal;

namespace Sandbox.Tests.Export.Formats;

/// <summary>OSCAL assessment-results. No package of a registry carries NIST's JSON schema, so what it asks for is said here.</summary>
public sealed partial class OscalDocuments
{
    // oscal_assessment-results_schema.json 1.1: "required" of the document, of metadata and of a result.
    [Fact]
    public void It_has_what_the_schema_requires()
    {
        var document = Of(Record.Complete().Changed(null, "fail"));

        Assert.All(["uuid", "metadata", "import-ap", "results"], name => Assert.NotNull(document[name]));
        Assert.All(["title", "last-modified", "version", "oscal-version"], name => Assert.NotNull(document["metadata"]![name]));
        Assert.All(["uuid", "title", "description", "start", "reviewed-controls"], name => Assert.NotNull(Result(document)[name]));
        Assert.All(Result(document)["observations"]!.AsArray(), one => Assert.All(["uuid", "description", "methods", "collected"], name => Assert.NotNull(one![name])));
        Assert.All(Result(document)["findings"]!.AsArray(), one => Assert.All(["uuid", "title", "description", "target"], name => Assert.NotNull(one![name])));
    }

    // UUIDDatatype: versions 4 and 5 alone.
    [Fact]
    public void Every_uuid_is_of_a_version_that_OSCAL_knows() =>
        Assert.All(All(Of(Record.Complete().Changed(null, "fail"))).Where(one => one.Name is "uuid" or "observation-uuid"), one => Assert.Matches(Uuid(), (string?)one.Value));

    // "minItems": 1 of every array.
    [Fact]
    public void No_list_is_empty() => Assert.All([Of(new Record()), Of(Record.Complete())], document => Assert.DoesNotContain(All(document), one => one.Value is JsonArray { Count: 0 }));

    [Fact]
    public void Each_signature_that_stands_is_attested_by_who_signed()
    {
        var document = Of(Record.Complete().Decided("ri", "revoked"));

        var attested = Assert.Single(Result(document)["attestations"]!.AsArray());
        Assert.Equal("Line 1.3, on-the-job training", (string?)Record.At(attested, "parts.0.title"));
        Assert.Equal(["Mara Kessler", "Elif Yılmaz"], Names(document, attested!["responsible-parties"]!.AsArray()));
        Assert.Equal("https://lab.example:7443/log/proof/3", (string?)Record.At(attested, "parts.0.links.0.href"));
    }

    [Fact]
    public void Two_people_of_one_name_are_two_parties()
    {
        var document = Of(new Record().Decided("ojt").Decided("ri", by: Guid.NewGuid()));

        Assert.Equal(2, document["metadata"]!["parties"]!.AsArray().Count(one => (string?)one!["name"] == "Mara Kessler"));
    }

    [Fact]
    public void Evidence_that_holds_is_observed_with_its_entry()
    {
        var observed = Assert.Single(Result(Of(Record.Complete()))["observations"]!.AsArray());

        Assert.Equal("https://lab.example:7443/log/proof/1", (string?)Record.At(observed, "relevant-evidence.0.href"));
    }

    [Theory]
    [InlineData("pass", "satisfied"), InlineData("fail", "not-satisfied"), InlineData("unknown", null), InlineData("exempt", null)]
    public void A_verdict_is_observed_and_found_where_OSCAL_has_a_state_for_it(string verdict, string? state)
    {
        var result = Result(Of(new Record().Changed(null, verdict)));

        Assert.Single(result["observations"]!.AsArray());
        Assert.Equal(state, (string?)Record.At(result["findings"]?[0], "target.status.state"));
    }

    [Fact]
    public void Only_the_last_verdict_of_a_rule_is_told()
    {
        var result = Result(Of(new Record().Changed(null, "fail").Changed(null, "fail", rule: "lockout.tries").Changed("fail", "pass")));

        Assert.Equal(["not-satisfied", "satisfied"], result["findings"]!.AsArray().Select(one => (string?)Record.At(one, "target.status.state")));
    }

    [Fact]
    public void What_is_gone_from_a_machine_is_not_told() => Assert.Null(Result(Of(new Record().Changed(null, "fail").Changed("fail", null)))["observations"]);

    [Fact]
    public void A_finding_names_its_observation()
    {
        var result = Result(Of(new Record().Changed(null, "fail")));

        Assert.Equal((string?)Record.At(result, "observations.0.uuid"), (string?)Record.At(result, "findings.0.related-observations.0.observation-uuid"));
    }

    [Fact]
    public void The_plan_that_it_names_is_in_the_back_matter()
    {
        var document = Of(new Record());

        Assert.Equal((string?)document["import-ap"]!["href"], $"#{(string?)Record.At(document, "back-matter.resources.0.uuid")}");
    }

    private static JsonObject Of(Record record)
    {
        var transitions = new LastTransitions();
        foreach (var entry in record.Entries) transitions.Take(entry);
        return OscalResults.Of(new OscalContents([record.Filled], transitions.All, new ScopeWords("entries about Elif Yılmaz", 12), Record.Then), Record.Site)["assessment-results"]!.AsObject();
    }

    private static JsonObject Result(JsonObject document) => document["results"]![0]!.AsObject();

    private static IEnumerable<string?> Names(JsonObject document, JsonArray parties) =>
        parties.Select(party => (string?)document["metadata"]!["parties"]!.AsArray().Single(one => (string?)one!["uuid"] == (string?)party!["party-uuids"]![0])!["name"]);

    private static IEnumerable<(string Name, JsonNode? Value)> All(JsonNode? node) => node switch
    {
        JsonObject things => things.SelectMany(one => All(one.Value).Prepend((one.Key, one.Value))),
        JsonArray list => list.SelectMany(All),
        _ => [],
    };

    [GeneratedRegex("^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[45][0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}$")]
    private static partial Regex Uuid();
}
