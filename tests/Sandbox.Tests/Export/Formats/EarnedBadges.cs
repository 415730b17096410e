using System.Text.Json.Nodes;
using Sandbox.Server.Export.Formats.Badges;
using Sandbox.Server.Export.Formats.Case;

namespace Sandbox.Tests.Export.Formats;

/// <summary>Open Badges 3.0: who earns one, and what it says.</summary>
public sealed class EarnedBadges
{
    [Theory]
    [InlineData("ojt"), InlineData("ri")]
    public void One_signed_column_earns_nothing(string column) => Assert.Empty(Of(new Record().Stated("held", "E3").Decided(column)));

    [Fact]
    public void Evidence_alone_earns_nothing() => Assert.Empty(Of(new Record().Stated("held", "E3").Learnt("ojt", 600).Learnt("ri", 600)));

    [Fact]
    public void Both_columns_earn_one_for_their_line()
    {
        var (line, badge) = Assert.Single(Of(new Record().Decided("ojt").Decided("ri")));

        Assert.Equal(("1.3", "1.3"), (line, Text(badge, "credentialSubject.achievement.humanCode")));
    }

    [Theory]
    [InlineData("revoked"), InlineData("returned")]
    public void A_signature_that_was_taken_back_takes_the_badge_along(string decision) => Assert.Empty(Of(Record.Complete().Decided("ri", decision)));

    [Fact]
    public void Another_persons_signatures_earn_nothing() => Assert.Empty(Of(new Record().Decided("ojt", of: Record.Mara).Decided("ri", of: Record.Mara)));

    [Fact]
    public void It_is_valid_from_the_later_signature_on() =>
        Assert.Equal("2026-11-20T10:30:00Z", Text(One(new Record().Decided("ri").Decided("ojt")), "validFrom"));

    [Fact]
    public void It_points_at_the_lines_item_in_CASE()
    {
        var alignment = Record.At(One(), "credentialSubject.achievement.alignment.0");

        Assert.Equal("CFItem", (string?)alignment!["targetType"]);
        Assert.Contains(CasePackage.Items(Record.Framework), item => (string?)item["uri"] == (string?)alignment["targetUrl"] && (string?)item["humanCodingScheme"] == "1.3");
    }

    [Fact]
    public void It_is_a_competency_of_the_lab()
    {
        var badge = One();

        Assert.Equal("Competency", Text(badge, "credentialSubject.achievement.achievementType"));
        Assert.Equal("https://lab.example:7443/issuer", Text(badge, "issuer.id"));
        Assert.Equal(["VerifiableCredential", "OpenBadgeCredential"], badge["type"]!.AsArray().Select(type => (string?)type));
    }

    [Fact]
    public void It_names_the_apprentice_by_the_id_of_the_log_and_by_name()
    {
        var badge = One();

        Assert.Equal($"urn:uuid:{Record.Elif}", Text(badge, "credentialSubject.id"));
        Assert.Equal(("name", "Elif Yılmaz"), (Text(badge, "credentialSubject.identifier.0.identityType"), Text(badge, "credentialSubject.identifier.0.identityHash")));
    }

    [Theory]
    [InlineData("Mara"), InlineData("noor"), InlineData("Okafor"), InlineData("d7d7")]
    public void It_names_nobody_else_and_no_machine(string word) => Assert.DoesNotContain(word, One().ToJsonString(), StringComparison.Ordinal);

    [Fact]
    public void Each_thing_that_it_rests_on_points_at_its_entry() =>
        Assert.Equal([3L, 4L, 1L, 2L], One()["evidence"]!.AsArray().Select(one => long.Parse(((string?)one!["id"])!.Replace("https://lab.example:7443/log/proof/", "", StringComparison.Ordinal))));

    [Fact]
    public void It_tells_the_best_grade_of_what_holds() =>
        Assert.Equal("E2", Text(One(Record.Complete().Stated("watched", "E3", act: "policy.mended").Stated("held", "E1", act: "account.closed")), "credentialSubject.result.0.value"));

    [Fact]
    public void Without_evidence_there_is_no_grade() =>
        Assert.Equal((null, null), (Record.At(One(new Record().Decided("ojt").Decided("ri")), "credentialSubject.result"), Record.At(One(new Record().Decided("ojt").Decided("ri")), "credentialSubject.achievement.resultDescription")));

    [Fact]
    public void The_same_signatures_are_the_same_badge() => Assert.Equal(Text(One(), "id"), Text(One(Record.Complete().Decided("ojt", line: "1.4")), "id"));

    // Leaves and the list of revoked badges are open: of places, times and ids, which stand in leaves or in other badges, everybody could reckon the list's ids.
    [Theory]
    [InlineData(3), InlineData(4)]
    public void Its_id_cannot_be_reckoned_without_the_salt_of_each_signature(int signature)
    {
        var (one, other) = (Record.Complete(), Record.Complete());
        other.Entries[signature] = other.Entries[signature] with { Salt = Guid.NewGuid().ToByteArray() };

        Assert.NotEqual(Text(One(one), "id"), Text(One(other), "id"));
    }

    [Fact]
    public void A_line_that_was_signed_anew_is_another_badge() => Assert.NotEqual(Text(One(), "id"), Text(One(Record.Complete().Decided("ri", "revoked").Decided("ri")), "id"));

    private static IReadOnlyList<(string Line, JsonObject Credential)> Of(Record record) => [.. Badge.Of(record.Filled, Record.Framework)];

    private static JsonObject One(Record? record = null) => Assert.Single(Of(record ?? Record.Complete())).Credential;

    private static string? Text(JsonNode node, string path) => (string?)Record.At(node, path);
}
