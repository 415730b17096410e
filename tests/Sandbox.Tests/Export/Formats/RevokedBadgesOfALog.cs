using System.Text.Json.Nodes;
using Sandbox.Server.Export.Formats.Badges;

namespace Sandbox.Tests.Export.Formats;

/// <summary>The list of badges whose signatures stand no more.</summary>
public sealed class RevokedBadgesOfALog
{
    [Theory]
    [InlineData("ojt", "revoked"), InlineData("ri", "revoked"), InlineData("ri", "returned")]
    public void A_badge_whose_signature_was_taken_back_is_in_it(string column, string decision) => Assert.Equal([Id(Signed())], Of(Signed().Decided(column, decision)));

    [Fact]
    public void A_badge_whose_signatures_stand_is_not() => Assert.Empty(Of(Signed()));

    [Fact]
    public void What_was_no_badge_is_not() => Assert.Empty(Of(new Record().Decided("ojt").Decided("ojt", "revoked")));

    [Fact]
    public void A_column_that_was_signed_anew_takes_no_badge_back() => Assert.Empty(Of(Signed().Decided("ojt")));

    [Fact]
    public void Every_badge_of_a_column_that_was_signed_anew_is_taken_back_with_it() => Assert.Equal([Id(Signed()), Id(Signed().Decided("ojt"))], Of(Signed().Decided("ojt").Decided("ojt", "revoked")));

    [Fact]
    public void A_line_that_was_signed_again_after_that_has_a_badge_that_is_not() =>
        Assert.DoesNotContain(Id(Signed().Decided("ri", "revoked").Decided("ri")), Of(Signed().Decided("ri", "revoked").Decided("ri")));

    [Fact]
    public void Another_persons_revocation_takes_nothing_back() => Assert.Empty(Of(Signed().Decided("ojt", "revoked", of: Record.Mara)));

    // 1EdTech Revocation List Status Method 1.0: the verifier looks for the credential's id in revokedCredential.
    [Fact]
    public void A_badge_says_where_the_list_is()
    {
        var (badge, list) = (Badge.Of(Signed().Filled, Record.Framework).Single().Credential, RevocationDocument.Of(Record.Site, []));

        Assert.Equal(("1EdTechRevocationList", (string?)list["id"]), ((string?)Record.At(badge, "credentialStatus.type"), (string?)Record.At(badge, "credentialStatus.id")));
        Assert.Equal((string?)Record.At(badge, "issuer.id"), (string?)list["issuer"]);
    }

    [Fact]
    public void It_says_nothing_of_anybody_beside_ids() =>
        Assert.All(List(Signed().Decided("ojt", "revoked", words: "It was copied."))["revokedCredential"]!.AsArray(), one => Assert.Equal(["id", "revoked"], one!.AsObject().Select(x => x.Key)));

    private static Record Signed() => new Record().Decided("ojt").Decided("ri");

    private static string? Id(Record record) => (string?)Badge.Of(record.Filled, Record.Framework).Single().Credential["id"];

    private static JsonObject List(Record record)
    {
        var revoked = new RevokedBadges();
        foreach (var entry in record.Entries) revoked.Take(entry);
        return RevocationDocument.Of(Record.Site, revoked.Digests);
    }

    private static IEnumerable<string?> Of(Record record) => List(record)["revokedCredential"]!.AsArray().Select(one => (string?)one!["id"]);
}
