using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Api;
using Sandbox.Storage.Log;
using Sandbox.Storage.People;

namespace Sandbox.Tests.Api;

/// <summary>The evidence log as lines of JSON.</summary>
public sealed class ReadingByJson : ApiTest
{
    [Fact]
    public async Task A_program_reads_all_entries_in_the_order_of_the_log()
    {
        await EvidenceAsync();
        var token = await AuditorsTokenAsync();
        await PublishedAsync();

        var read = await EntriesAsync(token);

        Assert.Equal(Enumerable.Range(0, read.Count).Select(i => (long)i), read.Select(Index));
        Assert.Contains(read, entry => entry.GetProperty("kind").GetString() == "evidence" && entry.GetProperty("says").GetProperty("evidence").GetProperty("line").GetString() == "1.3");
    }

    [Fact]
    public async Task What_an_entry_shows_is_what_its_leaf_commits_to()
    {
        await EvidenceAsync();
        var token = await AuditorsTokenAsync();
        await PublishedAsync();

        var entry = Assert.Single(await EntriesAsync(token, "?kind=evidence"));

        var leaf = LogEntry.Parse(Encoding.UTF8.GetBytes(entry.GetProperty("leaf").GetString()!));
        Assert.Equal(leaf.Commitment, LogEntry.Commit(Convert.FromHexString(entry.GetProperty("salt").GetString()!), entry.GetProperty("body").GetBytesFromBase64()));
    }

    [Fact]
    public async Task Whoever_was_cut_off_goes_on_after_the_last_index()
    {
        await EvidenceAsync();
        await EvidenceAsync(device: "lab-08");
        var token = await AuditorsTokenAsync();
        await PublishedAsync();

        var first = await EntriesAsync(token, "?limit=2");
        var rest = await EntriesAsync(token, $"?after={Index(first[^1])}");

        Assert.Equal(Enumerable.Range(0, 2 + rest.Count).Select(i => (long)i), [.. first.Select(Index), .. rest.Select(Index)]);
        Assert.Equal(2, first.Count);
    }

    [Theory]
    [InlineData("?person=elif&kind=evidence", 2), InlineData("?person=noor&kind=evidence", 1), InlineData("?line=4.6", 1), InlineData("?line=4.6&line=1.3", 3), InlineData("?kind=evidence&until=2001-01-01", 0), InlineData("?kind=evidence&from=2001-01-01T00:00:00Z", 3), InlineData("?after=9223372036854775807", 0)]
    public async Task Entries_are_chosen_by_person_line_kind_and_time(string query, int expected)
    {
        await EvidenceAsync();
        await EvidenceAsync(device: "lab-08", line: "4.6");
        await EvidenceAsync(await PersonAsync("noor", Roles.Apprentice), "bench-of-noor");
        var token = await AuditorsTokenAsync();
        await PublishedAsync();

        Assert.Equal(expected, (await EntriesAsync(token, query)).Count);
    }

    [Fact]
    public async Task An_apprentices_token_shows_the_own_entries_whoever_is_asked_for()
    {
        var noor = await PersonAsync("noor", Roles.Apprentice);
        await EvidenceAsync(noor, "bench-of-noor");
        await EvidenceAsync();
        var token = await TokenAsync(Apprentice);
        await PublishedAsync();

        var read = await EntriesAsync(token, "?person=noor");

        Assert.NotEmpty(read);
        Assert.All(read, entry => Assert.Equal($"{Apprentice.Id:N}", entry.GetProperty("person").GetString()));
    }

    [Fact]
    public async Task An_apprentice_does_not_find_out_which_names_there_are()
    {
        var token = await TokenAsync(Apprentice);
        await PublishedAsync();

        Assert.Equal((await EntriesAsync(token, "?person=noor")).Select(Index), (await EntriesAsync(token, "?person=nobody-at-all")).Select(Index));
    }

    [Fact]
    public async Task One_entry_is_not_shown_to_an_apprentice_whom_it_does_not_concern()
    {
        await EvidenceAsync(await PersonAsync("noor", Roles.Apprentice), "bench-of-noor");
        var (mine, auditors) = (await TokenAsync(Apprentice), await AuditorsTokenAsync());
        await PublishedAsync();
        var index = Index(Assert.Single(await EntriesAsync(auditors, "?kind=evidence")));

        using var shown = await Program(auditors).GetAsync($"{ApiRoutes.Root}/entries/{index}", Ct);
        var (status, detail) = await RefusedAsync(mine, $"{ApiRoutes.Root}/entries/{index}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (shown.StatusCode, status));
        Assert.Contains("not for you", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_no_checkpoint_covers_yet_is_not_shown()
    {
        var token = await AuditorsTokenAsync();
        await PublishedAsync();
        var size = (await EntriesAsync(token)).Count;
        await Server.InStoreAsync(db => db.LogHeads.ExecuteUpdateAsync(set => set.SetProperty(head => head.CheckpointSize, size - 1)));

        Assert.Equal(size - 1, (await EntriesAsync(token)).Count);
        Assert.Equal(HttpStatusCode.NotFound, (await RefusedAsync(token, $"{ApiRoutes.Root}/entries/{size - 1}")).Status);
    }

    [Fact]
    public async Task An_erased_entry_says_that_it_is()
    {
        await EvidenceAsync();
        var token = await AuditorsTokenAsync();
        await PublishedAsync();
        await Server.InStoreAsync(db => db.LogEntries.Where(x => x.Kind == EntryKind.Evidence).ExecuteUpdateAsync(set => set.SetProperty(x => x.Salt, (byte[]?)null).SetProperty(x => x.Body, (byte[]?)null)));

        var entry = Assert.Single(await EntriesAsync(token, "?kind=evidence"));

        Assert.True(entry.GetProperty("erased").GetBoolean());
        Assert.False(entry.TryGetProperty("body", out _));
    }

    [Theory]
    [InlineData("?line=9.9", "no line 9.9"), InlineData("?kind=gossip", "signoff"), InlineData("?person=nobody", "nobody who signs in"), InlineData("?device=abacus", "no device's id"), InlineData("?from=yesterday", "is no day")]
    [InlineData("?persons=elif", "no filter 'persons'"), InlineData("?person=", "person is empty"), InlineData("?kind=role&kind=link", "only line"), InlineData("?limit=0", "limit=0"), InlineData("?after=-1", "after=-1"), InlineData("?follow=perhaps", "true or false"), InlineData("?from=2026-11-02&until=2026-11-01", "ends before it begins")]
    public async Task What_is_asked_wrongly_is_said(string query, string words)
    {
        var (status, detail) = await RefusedAsync(await AuditorsTokenAsync(), $"{ApiRoutes.Root}/entries{query}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(words, detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("entries/abc"), InlineData("entries/-1"), InlineData("devices"), InlineData("")]
    public async Task An_address_that_is_none_is_told_as_such(string rest)
    {
        var (status, detail) = await RefusedAsync(await AuditorsTokenAsync(), $"{ApiRoutes.Root}/{rest}");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains($"{ApiRoutes.Root}/entries/INDEX", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_auditors_program_reads_of_somebody_is_noted_once_an_hour()
    {
        var token = await AuditorsTokenAsync();
        await PublishedAsync();

        await EntriesAsync(token, "?person=elif");
        await EntriesAsync(token, "?person=elif&limit=1");

        var looks = await Server.InStoreAsync(db => db.LogEntries.Where(x => x.Kind == EntryKind.Lookup).Select(x => x.Body!).ToListAsync(Ct));
        Assert.Equal(($"{ApiRoutes.Root}/entries", LogId.Of(Apprentice.Id)), Said(LogBody.Parser.ParseFrom(Assert.Single(looks)).LookedUp));

        static (string, Google.Protobuf.ByteString) Said(LookedUp look) => (look.What, look.OfPerson);
    }

    [Fact]
    public async Task A_program_takes_a_bundle_home()
    {
        await EvidenceAsync();
        var token = await AuditorsTokenAsync();
        await PublishedAsync();

        var asked = Program(token).GetAsync($"{ApiRoutes.Root}/bundle?person=elif", Ct);
        while (!asked.IsCompleted) await TickAsync();
        using var answer = await asked;

        Assert.Equal((HttpStatusCode.OK, "application/zip"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        await using var zip = await System.IO.Compression.ZipArchive.CreateAsync(await answer.Content.ReadAsStreamAsync(Ct), System.IO.Compression.ZipArchiveMode.Read, leaveOpen: false, entryNameEncoding: null, Ct);
        Assert.NotNull(zip.GetEntry("checkpoint"));
    }

    [Fact]
    public async Task A_bundle_is_not_chosen_by_kind()
    {
        var (status, detail) = await RefusedAsync(await AuditorsTokenAsync(), $"{ApiRoutes.Root}/bundle?kind=evidence");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("person, device, line", detail, StringComparison.Ordinal);
    }
}
