using System.Text.Json.Nodes;
using Sandbox.Server.Export.Formats.Badges;

namespace Sandbox.Tests.Export.Formats;

/// <summary>The Comprehensive Learner Record 2.0.</summary>
public sealed class LearnerRecords
{
    [Fact]
    public void Who_has_no_badge_has_no_record() => Assert.Null(LearnerRecord.Of(new Record().Decided("ojt").Filled, Record.Framework, partial: false));

    [Fact]
    public void It_holds_every_badge()
    {
        var record = Of(Record.Complete().Decided("ri", line: "1.4").Decided("ojt", line: "1.4"));

        Assert.Equal(["1.3", "1.4"], record["credentialSubject"]!["verifiableCredential"]!.AsArray().Select(one => (string?)Record.At(one, "credentialSubject.achievement.humanCode")));
    }

    // CLR 2.0, ClrCredential: "an ordered set where the first three items are" these.
    [Fact]
    public void Its_contexts_stand_in_the_order_that_the_standard_asks_for() => Assert.Equal(
        ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        Of(Record.Complete())["@context"]!.AsArray().Select(one => (string?)one).Take(3));

    [Theory]
    [InlineData(true), InlineData(false)]
    public void It_says_whether_it_is_a_part(bool partial) => Assert.Equal(partial, (bool?)Of(Record.Complete(), partial)["partial"]);

    [Fact]
    public void It_is_valid_from_its_last_badge_on() =>
        Assert.Equal("2026-11-20T15:30:00Z", (string?)Of(Record.Complete().Decided("ri", line: "1.4").Decided("ojt", line: "1.4"))["validFrom"]);

    [Fact]
    public void It_says_where_each_of_its_badges_is_looked_up_because_it_has_no_status_itself()
    {
        var record = Of(Record.Complete());

        Assert.Contains(Record.Site.Revocations, (string?)record["description"], StringComparison.Ordinal);
        Assert.All(record["credentialSubject"]!["verifiableCredential"]!.AsArray(), one => Assert.Equal(Record.Site.Revocations, (string?)Record.At(one, "credentialStatus.id")));
    }

    private static JsonObject Of(Record record, bool partial = false) => Assert.IsType<JsonObject>(LearnerRecord.Of(record.Filled, Record.Framework, partial));
}
