using System.Text.Json.Nodes;
using Sandbox.Evidence.Catalogue;
using Sandbox.Server.Export.Formats.Case;

namespace Sandbox.Tests.Export.Formats;

/// <summary>The schedule as CASE 1.1 has it. No package of a registry carries CASE's own JSON schemas, so what they ask for is said here.</summary>
public sealed class CasePackages
{
    private readonly JsonObject _package = CasePackage.Of(Record.Framework);

    [Fact]
    public void It_has_every_function_and_every_line_in_its_words()
    {
        var wordings = Schedule.Current.Functions.SelectMany(function => function.Lines.Select(line => (line.Id, line.Wording)).Prepend(($"{function.Number}", function.Title)));

        Assert.Equal(wordings, Items.Select(item => ((string)item!["humanCodingScheme"]!, (string)item["fullStatement"]!)));
    }

    // CASE 1.1, CFPckgDocument, CFPckgItem, CFPckgAssociation: multiplicity 1 or 1..*.
    [Fact]
    public void Everything_has_what_the_standard_requires()
    {
        Assert.All(["identifier", "uri", "creator", "title", "lastChangeDateTime"], name => Assert.NotNull(_package["CFDocument"]![name]));
        Assert.All(Items, item => Assert.All(["identifier", "uri", "fullStatement", "lastChangeDateTime"], name => Assert.NotNull(item![name])));
        Assert.All(Associations, one => Assert.All(["identifier", "uri", "associationType", "originNodeURI", "destinationNodeURI", "lastChangeDateTime"], name => Assert.NotNull(one![name])));
        Assert.All(Associations, one => Assert.All(["title", "identifier", "uri"], name => Assert.NotNull(one!["originNodeURI"]![name])));
    }

    [Fact]
    public void Each_line_is_a_child_of_its_function_and_each_function_of_the_document()
    {
        var code = Items.ToDictionary(item => (string)item!["identifier"]!, item => (string)item!["humanCodingScheme"]!);
        code[$"{Record.Framework.DocumentId}"] = "";

        Assert.Equal(Items.Count, Associations.Count);
        Assert.All(Associations, one => Assert.Equal("isChildOf", (string?)one!["associationType"]));
        Assert.All(Associations, one => Assert.Equal(Above(code[End(one, "originNodeURI")]), code[End(one, "destinationNodeURI")]));
    }

    [Fact]
    public void No_two_things_have_one_id()
    {
        var ids = Items.Concat(Associations).Append(_package["CFDocument"]).Select(one => (string?)one!["identifier"]).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void Every_lab_gives_the_same_things_the_same_ids()
    {
        var other = CasePackage.Of(new CaseFramework(Schedule.Current, new("https://other.example", "other.example/evidence")));

        Assert.Equal(Items.Select(item => (string?)item!["identifier"]), other["CFItems"]!.AsArray().Select(item => (string?)item!["identifier"]));
    }

    [Fact]
    public void What_the_schedule_marks_core_is_noted_and_the_unmarked_is_not()
    {
        var lines = Schedule.Current.Functions.SelectMany(function => function.Lines);

        Assert.All(lines, line => Assert.Equal(line.Requirement?.ToString(), (string?)Items.Single(item => (string?)item!["humanCodingScheme"] == line.Id)!["notes"]));
    }

    private JsonArray Items => _package["CFItems"]!.AsArray();

    private JsonArray Associations => _package["CFAssociations"]!.AsArray();

    private static string End(JsonNode? association, string end) => (string)association![end]!["identifier"]!;

    private static string Above(string code) => code.Contains('.', StringComparison.Ordinal) ? code.Split('.')[0] : "";
}
