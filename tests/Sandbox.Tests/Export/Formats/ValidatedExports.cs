using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Server.Export.Formats;
using Sandbox.Server.Export.Formats.Badges;
using Sandbox.Server.Export.Formats.Xapi;

namespace Sandbox.Tests.Export.Formats;

/// <summary>
/// Exports before programs that we did not write: jose, @digitalbazaar/vc, JSON-LD in safe mode with the published contexts, the data model of LearnCard, and xapi-validation. Each of them must
/// also refuse what is wrong.
/// </summary>
public sealed class ValidatedExports : IDisposable
{
    private readonly Validators _programs = new();
    private readonly IssuerKey _key = IssuerKey.New();

    private string Jwks => Encoding.UTF8.GetString(JsonText.Compact(new JsonObject { ["keys"] = new JsonArray(_key.PublicJwk()) }));

    public void Dispose()
    {
        _programs.Dispose();
        _key.Dispose();
    }

    [Fact]
    public async Task A_badge_is_a_verifiable_credential_of_Open_Badges_3() => Assert.Equal("ok", await BadgeAsync(badge => { }));

    [Fact]
    public async Task A_badge_without_evidence_is_one_as_well() => Assert.Equal("ok", await _programs.CheckAsync("badge", SignedCredential.Of(Of(new Record().Decided("ojt").Decided("ri")), _key), Jwks));

    [Fact]
    public async Task A_learner_record_is_one_of_CLR_2()
    {
        var record = LearnerRecord.Of(Record.Complete().Decided("ojt", line: "1.4").Decided("ri", line: "1.4").Filled, Record.Framework, partial: true)!;

        Assert.Equal("ok", await _programs.CheckAsync("clr", SignedCredential.Of(record, _key), Jwks));
    }

    [Fact]
    public async Task A_badge_that_another_key_signed_is_refused()
    {
        using var other = IssuerKey.New();

        Assert.Contains("another key", await _programs.CheckAsync("badge", SignedCredential.Of(Of(Record.Complete()), other), Jwks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_badge_that_was_altered_is_refused()
    {
        var parts = SignedCredential.Of(Of(Record.Complete()), _key).Split('.');
        var altered = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1])).Replace("1.3", "1.4", StringComparison.Ordinal);

        Assert.Contains("signature verification failed", await _programs.CheckAsync("badge", $"{parts[0]}.{System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(altered))}.{parts[2]}", Jwks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_term_that_no_context_knows_is_refused() => Assert.Contains("safe mode", await BadgeAsync(badge => badge["credentialSubject"]!["favouriteColour"] = "red"), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task A_badge_without_criteria_is_refused() => Assert.Contains("criteria", await BadgeAsync(badge => badge["credentialSubject"]!["achievement"]!.AsObject().Remove("criteria")), StringComparison.Ordinal);

    [Fact]
    public async Task A_status_of_no_type_is_refused() => Assert.Contains("credentialStatus", await BadgeAsync(badge => badge["credentialStatus"]!.AsObject().Remove("type")), StringComparison.Ordinal);

    [Fact]
    public async Task A_badge_of_days_to_come_is_refused() => Assert.NotEqual("ok", await BadgeAsync(badge => badge["validFrom"] = "2999-01-01T00:00:00Z"));

    [Fact]
    public async Task A_learner_record_without_credentials_is_refused()
    {
        var record = LearnerRecord.Of(Record.Complete().Filled, Record.Framework, partial: false)!;
        record["credentialSubject"]!.AsObject().Remove("verifiableCredential");

        Assert.Contains("verifiableCredential", await _programs.CheckAsync("clr", SignedCredential.Of(record, _key), Jwks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statements_are_those_of_xAPI() => Assert.Equal("ok", await _programs.CheckAsync("xapi", Statements().ToJsonString()));

    [Theory]
    [InlineData("actor"), InlineData("verb"), InlineData("object")]
    public async Task A_statement_that_lacks_something_is_refused(string what)
    {
        var statements = Statements();
        statements[^1]!.AsObject().Remove(what);

        Assert.Contains(what, await _programs.CheckAsync("xapi", statements.ToJsonString()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_duration_that_is_none_is_refused()
    {
        var statements = Statements();
        statements[2]!["result"]!["duration"] = "an hour";

        Assert.Contains("duration", await _programs.CheckAsync("xapi", statements.ToJsonString()), StringComparison.OrdinalIgnoreCase);
    }

    private static JsonObject Of(Record record) => Badge.Of(record.Filled, Record.Framework).Single().Credential;

    // All that statements can be, voided ones among them.
    private static JsonArray Statements() => XapiStatements.Of(
        Record.Elif, Record.Complete().Learnt("ojt").Decided("ojt", "returned", words: "Again, please.").Decided("ri", "revoked").Stated("undone").Learnt("ojt", withdrawn: true).Entries, Record.Framework);

    private Task<string> BadgeAsync(Action<JsonObject> change)
    {
        var badge = Of(Record.Complete());
        change(badge);
        return _programs.CheckAsync("badge", SignedCredential.Of(badge, _key), Jwks);
    }
}
