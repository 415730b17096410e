using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage.People;
using Sandbox.Tests.Dashboard;

namespace Sandbox.Tests.Api;

/// <summary>The page on which people make tokens for their programs.</summary>
public sealed partial class TokenPages : ApiTest
{
    [Fact]
    public async Task A_token_is_made_with_the_password_and_shown_once()
    {
        using var auditor = await AsAsync(Roles.Auditor);

        var page = await MadeAsync(auditor, "nightly pull", LabSeed.Password);

        var token = Token().Match(page).Value;
        await PublishedAsync();
        Assert.NotEmpty(await EntriesAsync(token));
        Assert.DoesNotContain(token, await auditor.ReadAsync("/tokens"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong", "30", "not your password"), InlineData("", "30", "Type your password"), InlineData(LabSeed.Password, "999", "1 to 366 days"), InlineData(LabSeed.Password, "soon", "whole days")]
    public async Task What_is_typed_wrongly_is_said_and_no_token_is_made(string password, string days, string words)
    {
        using var auditor = await AsAsync(Roles.Auditor);

        using var answer = await auditor.SendFormAsync("/tokens", ("name", "nightly"), ("days", days), ("password", password));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(0, await Server.InStoreAsync(db => db.ApiTokens.CountAsync(Ct)));
    }

    [Fact]
    public async Task Nobody_sees_or_takes_back_anothers_token_but_an_admin()
    {
        await TokenAsync(Mentor);
        var id = await Server.InStoreAsync(db => db.ApiTokens.Select(x => x.Id).SingleAsync(Ct));
        using var auditor = await AsAsync(Roles.Auditor);
        using var admin = await AsAsync(Roles.Admin);

        using var refused = await auditor.SendFormOfAsync("/tokens", $"/tokens/{id}/revoke");
        var (theirs, all) = (await auditor.ReadAsync("/tokens"), await admin.ReadAsync("/tokens"));
        using var done = await admin.SendFormOfAsync("/tokens", $"/tokens/{id}/revoke");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Redirect), (refused.StatusCode, done.StatusCode));
        Assert.DoesNotContain("a test", theirs, StringComparison.Ordinal);
        Assert.Contains("a test", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_stands_in_the_log_when_it_is_made_and_taken_back_and_never_with_its_secret()
    {
        using var mara = await AsMentorAsync();
        var token = Token().Match(await MadeAsync(mara, "wall", LabSeed.Password)).Value;
        var id = await Server.InStoreAsync(db => db.ApiTokens.Select(x => x.Id).SingleAsync(Ct));
        await mara.SendFormOfAsync("/tokens", $"/tokens/{id}/revoke");

        var bodies = await Server.InStoreAsync(db => db.LogEntries.Where(x => x.Kind == EntryKind.Token).OrderBy(x => x.Id).Select(x => x.Body!).ToListAsync(Ct));

        Assert.Equal([("wall", false), ("wall", true)], bodies.Select(body => LogBody.Parser.ParseFrom(body).TokenSaid).Select(said => (said.Name, said.Revoked)));
        Assert.DoesNotContain(bodies, body => body.AsSpan().IndexOf(System.Buffers.Text.Base64Url.DecodeFromChars(token.AsSpan("sandbox_".Length))) >= 0);
    }

    [Fact]
    public async Task Without_tokens_the_page_says_what_they_are_for()
    {
        using var auditor = await AsAsync(Roles.Auditor);

        Assert.Contains("None yet", await auditor.ReadAsync("/tokens"), StringComparison.Ordinal);
    }

    private static async Task<string> MadeAsync(Visitor who, string name, string password)
    {
        using var answer = await who.SendFormAsync("/tokens", ("name", name), ("days", "30"), ("password", password));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Ct);
    }

    [GeneratedRegex("sandbox_[A-Za-z0-9_-]{43}")]
    private static partial Regex Token();
}
