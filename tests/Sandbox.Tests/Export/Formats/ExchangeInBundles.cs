using System.Buffers.Text;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Export.Formats.Badges;
using Sandbox.Server.Retention;
using Sandbox.Storage.Log;
using Sandbox.Storage.People;

namespace Sandbox.Tests.Export.Formats;

/// <summary>What other systems find in an audit bundle.</summary>
public sealed class ExchangeInBundles : BundleTest
{
    [Fact]
    public async Task A_bundle_has_a_document_for_each_of_the_other_systems()
    {
        await SignAsync("ojt", "ri");
        using var auditor = await AsAsync(Roles.Auditor);

        using var bundle = await ExportAsync(auditor, ("person", $"{Apprentice.Id}"));

        Assert.Equal(["badges/1.3.jwt", "case.json", "clr.jwt", "ocsf.jsonl", "oscal.json", "xapi.json"], Exchange(bundle));
        Assert.Equal(["passed", "passed"], JsonNode.Parse(Text(bundle, "exchange/xapi.json"))!.AsArray().Select(one => (string?)Record.At(one, "verb.display.en-US")));
        Assert.Contains("badges/1.3.jwt", Text(bundle, "README.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_both_signatures_there_is_no_badge_and_no_key()
    {
        await SignAsync("ojt");
        using var auditor = await AsAsync(Roles.Auditor);

        using var bundle = await ExportAsync(auditor, ("person", $"{Apprentice.Id}"));

        Assert.Equal(["case.json", "ocsf.jsonl", "oscal.json", "xapi.json"], Exchange(bundle));
        Assert.Null(new IssuerKeyFile(Server.Folder.Folders).Load());
    }

    // Whoever leaves out the last entries would have a badge for a signature that was revoked in them.
    [Fact]
    public async Task A_period_that_ends_gives_no_badges_and_the_README_says_why()
    {
        await SignAsync("ojt", "ri");
        using var auditor = await AsAsync(Roles.Auditor);

        using var bundle = await ExportAsync(auditor, ("person", $"{Apprentice.Id}"), ("until", "2999-01-01"));

        Assert.DoesNotContain("clr.jwt", Exchange(bundle));
        Assert.Contains("left out: a signature may have been revoked", Text(bundle, "README.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_people_each_has_a_folder()
    {
        await SignAsync("ojt", "ri");
        using var auditor = await AsAsync(Roles.Auditor);

        using var bundle = await ExportAsync(auditor);

        Assert.Single(bundle.Entries, file => file.FullName.StartsWith("schedules/", StringComparison.Ordinal) && file.FullName.EndsWith("/exchange/clr.jwt", StringComparison.Ordinal));
        Assert.Equal(["case.json", "ocsf.jsonl", "oscal.json"], Exchange(bundle));
    }

    [Fact]
    public async Task A_badge_whose_signature_is_revoked_later_is_listed_for_everybody()
    {
        await SignAsync("ojt", "ri");
        using var auditor = await AsAsync(Roles.Auditor);
        using var bundle = await ExportAsync(auditor, ("person", $"{Apprentice.Id}"));
        using var anybody = Server.Http();
        Assert.Empty(await RevokedAsync(anybody));

        await DecideAsync("revoked", "ri");
        await SequencedAsync();

        Assert.Equal([Id(Text(bundle, "exchange/badges/1.3.jwt"))], await RevokedAsync(anybody));
    }

    // What it was reckoned from is gone; who was shown the badge must still be told.
    [Theory, InlineData(true), InlineData(false)]
    public async Task It_stays_listed_when_their_record_is_erased(bool wasAsked)
    {
        await SignAsync("ojt", "ri");
        using var auditor = await AsAsync(Roles.Auditor);
        using var bundle = await ExportAsync(auditor, ("person", $"{Apprentice.Id}"));
        await DecideAsync("revoked", "ri");
        await SignAsync("ri");
        await SequencedAsync();
        using var anybody = Server.Http();
        if (wasAsked) await RevokedAsync(anybody);

        await using (var scope = Server.App.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<Erasure>().RunAsync(Apprentice.Id, new AskedErasure("asked for it in writing", Early: true, By: null), Ct);

        Assert.Equal([Id(Text(bundle, "exchange/badges/1.3.jwt"))], await RevokedAsync(anybody));
    }

    [Theory]
    [InlineData("clr", "clr.jwt"), InlineData("badge", "badges/1.3.jwt"), InlineData("xapi", "xapi.json")]
    public async Task Programs_of_others_take_in_what_the_page_gave_with_the_key_that_the_server_shows(string what, string file)
    {
        await SignAsync("ojt", "ri");
        using var auditor = await AsAsync(Roles.Auditor);
        using var bundle = await ExportAsync(auditor, ("person", $"{Apprentice.Id}"));
        using (await ExportAsync(auditor, ("person", $"{Apprentice.Id}")))
        {
            // A second one signs with the same key, read anew.
        }
        using var anybody = Server.Http();
        using var programs = new Validators();

        var jwks = await anybody.GetStringAsync($"https://localhost:{Server.WebPort}/issuer/jwks", Ct);

        Assert.Equal("ok", await programs.CheckAsync(what, Text(bundle, $"exchange/{file}"), jwks));
    }

    private static string? Id(string token) => (string?)JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!["id"];

    private async Task<IEnumerable<string?>> RevokedAsync(HttpClient http) =>
        JsonNode.Parse(await http.GetStringAsync($"https://localhost:{Server.WebPort}/issuer/revocations", Ct))!["revokedCredential"]!.AsArray().Select(one => (string?)one!["id"]);

    private static IEnumerable<string> Exchange(ZipArchive bundle) =>
        bundle.Entries.Select(file => file.FullName).Where(path => path.StartsWith("exchange/", StringComparison.Ordinal)).Select(path => path["exchange/".Length..]).Order(StringComparer.Ordinal);

    private Task<int> SignAsync(params string[] columns) => DecideAsync("signed", columns);

    private Task<int> DecideAsync(string decision, params string[] columns) => Server.InStoreAsync(db =>
    {
        foreach (var column in columns)
        {
            var decided = new LineDecided { Id = LogId.Of(Guid.NewGuid()), PersonId = LogId.Of(Apprentice.Id), Line = "1.3", Column = column, Decision = decision, DecidedBy = LogId.Of(Record.Mara), DecidedByName = "Mara Kessler", Role = "mentor", ConfirmedBy = "password" };
            db.LogEntries.Add(LoggedEntry.New(EntryKind.SignOff, Server.Time.GetUtcNow() - TimeSpan.FromHours(1), new LogBody { LineDecided = decided }, person: Apprentice.Id));
        }
        return db.SaveChangesAsync(Ct);
    });
}
