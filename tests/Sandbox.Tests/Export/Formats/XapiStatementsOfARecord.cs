using System.Text.Json.Nodes;
using Sandbox.Server.Export.Formats.Xapi;

namespace Sandbox.Tests.Export.Formats;

/// <summary>What a learning record store is told.</summary>
public sealed class XapiStatementsOfARecord
{
    [Fact]
    public void Each_decision_statement_and_record_is_told_once() =>
        Assert.Equal(["attempted", "completed", "attended", "passed", "passed"], Verbs(Record.Complete()));

    [Fact]
    public void Another_persons_are_left_out() => Assert.Empty(Of(new Record().Decided("ojt", of: Record.Mara)));

    [Fact]
    public void People_are_accounts_of_the_lab_without_names()
    {
        var told = Of(Record.Complete());

        Assert.All(told, one => Assert.Equal(("https://lab.example:7443", $"{Record.Elif}"), (Text(one, "actor.account.homePage"), Text(one, "actor.account.name"))));
        Assert.DoesNotContain("Elif", told.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Mara", told.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_says_on_which_day_and_where_it_was_learnt()
    {
        var extensions = Of(new Record().Learnt("ri", 90))[0]!["context"]!["extensions"]!;

        Assert.Equal(("2026-11-19", "Ms Okafor's course"), ((string?)extensions["https://lab.example:7443/xapi/day"], (string?)extensions["https://lab.example:7443/xapi/source"]));
    }

    [Fact]
    public void A_signature_names_who_signed_as_the_instructor() => Assert.Equal($"{Record.Mara}", Text(Of(new Record().Decided("ojt"))[0], "context.instructor.account.name"));

    [Theory]
    [InlineData("signed", true, "passed"), InlineData("returned", false, "failed")]
    public void A_decision_says_whether_it_is_a_success(string decision, bool success, string verb)
    {
        var told = Assert.Single(Of(new Record().Decided("ojt", decision, words: "Show me the groups.")));

        Assert.Equal((success, "Show me the groups.", verb), ((bool?)Record.At(told, "result.success"), Text(told, "result.response"), Verb(told)));
    }

    // xAPI 1.0.3, part 2, 2.3.2: the verb is voided, and the object a StatementRef.
    [Fact]
    public void A_revoked_signature_is_voided()
    {
        var told = Of(new Record().Decided("ojt").Decided("ojt", "revoked"));

        Assert.Equal(("voided", "StatementRef", Text(told[0], "id")), (Verb(told[1]), Text(told[1], "object.objectType"), Text(told[1], "object.id")));
        Assert.Equal($"{Record.Mara}", Text(told[1], "actor.account.name"));
    }

    [Fact]
    public void A_withdrawn_record_is_voided() => Assert.Equal(["experienced", "voided"], Verbs(new Record().Learnt("ojt", 30).Learnt("ojt", 30, withdrawn: true)));

    [Theory]
    [InlineData("undone"), InlineData("discounted")]
    public void Evidence_that_was_undone_is_voided(string state) => Assert.Equal(["completed", "voided"], Verbs(new Record().Stated("held").Stated(state)));

    [Fact]
    public void What_was_never_told_is_not_voided() => Assert.Empty(Of(new Record().Stated("undone").Learnt("ri", withdrawn: true).Decided("ojt", "revoked")));

    [Fact]
    public void A_revocation_voids_each_signature_of_a_column_that_was_signed_anew()
    {
        var told = Of(new Record().Decided("ojt").Decided("ojt").Decided("ojt", "revoked"));

        Assert.Equal(["passed", "passed", "voided", "voided"], told.Select(Verb));
        Assert.Equal(told.Take(2).Select(one => Text(one, "id")), told.Skip(2).Select(one => Text(one, "object.id")));
        Assert.Equal(4, told.Select(one => Text(one, "id")).Distinct().Count());
    }

    [Fact]
    public void A_revocation_voids_no_word_that_a_column_was_returned() =>
        Assert.Equal(["failed", "passed", "voided"], Verbs(new Record().Decided("ojt", "returned").Decided("ojt").Decided("ojt", "revoked")));

    [Fact]
    public void Evidence_that_was_undone_is_voided_from_its_first_word_on() => Assert.Equal(["attempted", "completed", "voided", "voided"], Verbs(new Record().Stated().Stated("held").Stated("undone")));

    // xAPI 1.0.3, part 2, 2.3.1: whoever is told two statements of one id answers with a conflict.
    [Fact]
    public void An_export_that_begins_later_says_nothing_else_under_the_id_of_a_statement()
    {
        var (whole, later) = (new Record().Decided("ojt").Decided("ojt", "revoked").Decided("ojt"), new Record());
        later.Entries.AddRange(whole.Entries.Skip(1));

        var known = Of(whole).ToDictionary(one => Text(one, "id")!, one => one!.ToJsonString());
        Assert.All(Of(later), one => Assert.Equal(known[Text(one, "id")!], one!.ToJsonString()));
    }

    [Fact]
    public void Evidence_is_never_a_success() => Assert.Equal((null, true), ((bool?)Record.At(Of(new Record().Stated("held"))[0], "result.success"), (bool?)Record.At(Of(new Record().Stated("held"))[0], "result.completion")));

    [Theory]
    [InlineData(90u, "PT1H30M"), InlineData(5u, "PT5M"), InlineData(1500u, "P1DT1H")]
    public void How_long_it_took_is_an_ISO_8601_duration(uint minutes, string duration) => Assert.Equal(duration, Text(Of(new Record().Learnt("ri", minutes))[0], "result.duration"));

    [Fact]
    public void How_long_is_left_out_when_nobody_said_it() => Assert.Null(Record.At(Of(new Record().Learnt("ri"))[0], "result.duration"));

    [Fact]
    public void It_is_about_the_line_within_its_function_and_the_schedule()
    {
        var told = Of(new Record().Decided("ojt"))[0];

        Assert.Equal(Record.Framework.Item("1.3"), Text(told, "object.id"));
        Assert.Equal((Record.Framework.Item("1"), Record.Framework.Document), (Text(told, "context.contextActivities.parent.0.id"), Text(told, "context.contextActivities.grouping.0.id")));
    }

    [Fact]
    public void The_same_entry_is_the_same_statement_in_each_export() => Assert.Equal(Text(Of(Record.Complete())[2], "id"), Text(Of(Record.Complete().Decided("ojt", line: "1.4"))[2], "id"));

    [Fact]
    public void It_points_at_its_entry() => Assert.Equal(3, (long?)Of(Record.Complete())[3]!["context"]!["extensions"]!["https://lab.example:7443/xapi/entry"]);

    [Fact]
    public void A_line_that_the_schedule_does_not_know_is_left_out() => Assert.Empty(Of(new Record().Decided("ojt", line: "9.9")));

    private static JsonArray Of(Record record) => XapiStatements.Of(Record.Elif, record.Entries, Record.Framework);

    private static IEnumerable<string?> Verbs(Record record) => Of(record).Select(Verb);

    private static string? Verb(JsonNode? told) => Text(told, "verb.display.en-US");

    private static string? Text(JsonNode? node, string path) => (string?)Record.At(node, path);
}
