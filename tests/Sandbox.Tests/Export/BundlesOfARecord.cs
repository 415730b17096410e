using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Ledger.Bundle;
using Sandbox.Protocol;
using Sandbox.Storage.Log;
using Sandbox.Storage.People;
using Sandbox.Tests.Dashboard;

namespace Sandbox.Tests.Export;

/// <summary>What somebody takes home from the page of the audit bundle.</summary>
public sealed class BundlesOfARecord : BundleTest
{
    [Fact]
    public async Task A_bundle_holds_the_entries_of_one_person_the_tree_and_the_schedule_filled_in()
    {
        await SignedLineAsync();
        using var auditor = await AsAsync(Roles.Auditor);

        using var bundle = await ExportAsync(auditor, ("person", $"{Apprentice.Id}"));

        Assert.Equal("1.3", Assert.Single(Statements(bundle)).Line);
        Assert.Contains(Disclosed(bundle), entry => Body(entry).LineDecided?.DecidedByName == "Mara Kessler");
        Assert.Contains("Mara Kessler", Text(bundle, "schedule.html"), StringComparison.Ordinal);
        Assert.Contains("Mara Kessler", Text(bundle, "schedule.csv"), StringComparison.Ordinal);
        Assert.StartsWith("%PDF-", Text(bundle, "schedule.pdf"), StringComparison.Ordinal);
        Assert.Contains("sandbox-verify", Text(bundle, "README.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_commits_to_every_document_of_the_bundle()
    {
        await SignedLineAsync();
        using var auditor = await AsAsync(Roles.Auditor);

        using var bundle = await ExportAsync(auditor, ("person", $"{Apprentice.Id}"));

        var sums = Sha256Sums.Parse(Bytes(bundle, BundlePath.Sums));
        Assert.All(sums.Hashes, sum => Assert.Equal(sum.Value, SHA256.HashData(Bytes(bundle, sum.Key))));
        var export = DisclosedEntry.Parse(Bytes(bundle, BundlePath.Export).AsMemory()[..^1]);
        Assert.Equal(sums.Hash, Body(export).Exported.Sums.ToByteArray());
        var leaf = LogEntry.Parse(Leaves(bundle)[(int)export.Index]);
        Assert.True(export.IsCommittedBy(leaf));
        Assert.Equal(await IdAsync("some-auditor"), LogId.From(Body(export).Exported.ExportedBy));
    }

    [Fact]
    public async Task No_entry_of_the_scope_is_missing_and_nothing_of_others_is_there()
    {
        await SignedLineAsync();
        var noor = await SeedAsync(lab => lab.PersonAsync("noor", "Noor Haddad", Roles.Apprentice));
        await EvidenceAsync(device: "bench-of-noor", of: noor);
        using var auditor = await AsAsync(Roles.Auditor);

        using var bundle = await ExportAsync(auditor, ("person", $"{Apprentice.Id}"));

        var (leaves, shown) = (Leaves(bundle).ConvertAll(leaf => LogEntry.Parse(leaf)), Disclosed(bundle).Select(entry => entry.Index).ToHashSet());
        var size = (long)Body(DisclosedEntry.Parse(Bytes(bundle, BundlePath.Export).AsMemory()[..^1])).Exported.Size;
        Assert.All(Enumerable.Range(0, (int)size).Where(i => Is(leaves[i], Apprentice)), i => Assert.Contains(i, shown));
        Assert.All(shown, i => Assert.False(Is(leaves[(int)i], noor)));
        Assert.DoesNotContain("Noor", string.Concat(bundle.Entries.Where(file => BundlePath.IsDocument(file.FullName)).Select(file => Text(bundle, file.FullName))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_was_erased_is_shown_as_erased()
    {
        var item = await EvidenceAsync();
        await Server.InStoreAsync(db => db.LogEntries.Where(x => x.SubjectId == item.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.Salt, (byte[]?)null).SetProperty(x => x.Body, (byte[]?)null)));
        await EvidenceAsync(device: "lab-08");
        using var auditor = await AsAsync(Roles.Auditor);

        using var bundle = await ExportAsync(auditor, ("person", $"{Apprentice.Id}"));

        Assert.Single(Disclosed(bundle), entry => entry.Body is null && entry.Salt is null);
    }

    [Fact]
    public async Task A_choice_of_lines_leaves_the_others_out()
    {
        await SignedLineAsync();
        await Server.InStoreAsync(db => new EvidenceSeed(db, Server.Time.GetUtcNow()).MendedAsync(Apprentice, "lab-08", tamper: said => said.Line = "4.6"));
        using var auditor = await AsAsync(Roles.Auditor);

        using var bundle = await ExportAsync(auditor, ("person", $"{Apprentice.Id}"), ("lines", "4.6"));

        Assert.Equal("4.6", Assert.Single(Statements(bundle)).Line);
        Assert.DoesNotContain(Disclosed(bundle), entry => Body(entry).LineDecided is not null);
    }

    [Fact]
    public async Task An_apprentice_takes_the_own_record_home_whoever_is_asked_for()
    {
        await EvidenceAsync();
        var noor = await SeedAsync(lab => lab.PersonAsync("noor", "Noor Haddad", Roles.Apprentice));
        await EvidenceAsync(device: "bench-of-noor", of: noor);
        using var elif = await AsApprenticeAsync();

        using var bundle = await ExportAsync(elif, ("person", $"{noor.Id}"));

        Assert.Equal(Apprentice.Id, LogId.From(Assert.Single(Statements(bundle)).PersonId));
        Assert.DoesNotContain("Noor Haddad", await elif.ReadAsync("/export"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policies_with_their_exemptions_go_to_auditors_and_not_home_with_apprentices()
    {
        await EvidenceAsync();
        await Server.InStoreAsync(db =>
        {
            db.LogEntries.Add(LoggedEntry.New(EntryKind.Policy, Server.Time.GetUtcNow(), new LogBody { PolicyInForce = new() { Policy = "lab/7", Exemptions = { "Noor's laptop, until she is well" } } }));
            return db.SaveChangesAsync(Ct);
        });
        using var auditor = await AsAsync(Roles.Auditor);
        using var elif = await AsApprenticeAsync();

        using var audited = await ExportAsync(auditor, ("person", $"{Apprentice.Id}"));
        using var own = await ExportAsync(elif);

        Assert.Contains(Disclosed(audited), entry => Body(entry).PolicyInForce?.Policy == "lab/7");
        Assert.DoesNotContain(Disclosed(own), entry => Body(entry).PolicyInForce is not null);
    }

    [Fact]
    public async Task Of_what_others_had_erased_an_apprentice_is_told_nothing_but_where_it_stands_in_the_own_record()
    {
        await EvidenceAsync();
        await LoggedAsync(EntryKind.Erasure, new LogBody { BodyErased = new() { Reason = "a reason of somebody else" } }, Guid.NewGuid());
        using var auditor = await AsAsync(Roles.Auditor);
        using var elif = await AsApprenticeAsync();

        using var audited = await ExportAsync(auditor, ("person", $"{Apprentice.Id}"));
        using var own = await ExportAsync(elif);

        Assert.Contains(Disclosed(audited), entry => entry.Body is not null && Body(entry).BodyErased is not null);
        Assert.DoesNotContain(Disclosed(own), entry => entry.Body is not null && Body(entry).BodyErased is not null);
    }

    [Fact]
    public async Task The_erasure_of_who_had_the_machine_before_goes_home_with_what_was_done_on_it()
    {
        var (item, before) = (await EvidenceAsync(), Guid.NewGuid());
        await Server.InStoreAsync(db =>
        {
            var enrolled = LoggedEntry.New(EntryKind.Enrolment, Server.Time.GetUtcNow(), new LogBody { DeviceEnrolled = new() { DeviceName = "lab-07" } }, item.DeviceId, before);
            (enrolled.Salt, enrolled.Body) = (null, null);
            db.LogEntries.Add(enrolled);
            return db.SaveChangesAsync(Ct);
        });
        await LoggedAsync(EntryKind.Erasure, new LogBody { BodyErased = new() { Reason = "they asked for it" } }, before);
        using var elif = await AsApprenticeAsync();

        using var own = await ExportAsync(elif);

        Assert.Single(Disclosed(own), entry => entry.Body is not null && Body(entry).BodyErased?.Reason == "they asked for it");
    }

    [Theory]
    [InlineData("lines", "9.9", "no line 9.9"), InlineData("from", "yesterday", "is no day"), InlineData("person", "nobody", "no such person"), InlineData("device", "abacus", "no such device")]
    public async Task What_is_typed_wrongly_is_said_and_nothing_is_logged(string field, string typed, string words)
    {
        using var auditor = await AsAsync(Roles.Auditor);

        var answer = await auditor.SendFormAsync("/export", (field, typed));

        await RefusedAsync(answer, words);
        Assert.Equal(0, await Server.InStoreAsync(db => db.LogEntries.CountAsync(x => x.Kind == EntryKind.Export)));
    }

    [Fact]
    public async Task An_export_of_nothing_says_so()
    {
        using var auditor = await AsAsync(Roles.Auditor);

        await RefusedAsync(await auditor.SendFormAsync("/export", ("until", "2001-01-01")), "nothing to export");
    }

    [Fact]
    public async Task A_halted_log_gives_no_bundle_and_says_why()
    {
        await EvidenceAsync();
        await SequencedAsync();
        await Server.InStoreAsync(db => db.LogHeads.ExecuteUpdateAsync(set => set.SetProperty(x => x.HaltedAt, Server.Time.GetUtcNow()).SetProperty(x => x.HaltReason, "lab-07 showed a newer one.")));
        using var auditor = await AsAsync(Roles.Auditor);

        await RefusedAsync(await auditor.SendFormAsync("/export", ("person", $"{Apprentice.Id}")), "lab-07 showed a newer one.");
    }

    private async Task SignedLineAsync()
    {
        await EvidenceAsync();
        using var mentor = await AsMentorAsync();
        Done(await DecideAsync(mentor, Url, "sign", "I watched it."));
    }

    private Task<Guid> IdAsync(string name) => Server.InStoreAsync(db => db.Users.Where(x => x.UserName == name).Select(x => x.Id).SingleAsync(Ct));

    private static bool Is(LogEntry leaf, Person person) => leaf.Person is { } id && new Guid(id, bigEndian: true) == person.Id;

    private Task<int> LoggedAsync(EntryKind kind, LogBody body, Guid person) => Server.InStoreAsync(db =>
    {
        db.LogEntries.Add(LoggedEntry.New(kind, Server.Time.GetUtcNow(), body, person: person));
        return db.SaveChangesAsync(Ct);
    });

    private static List<byte[]> Leaves(ZipArchive bundle) =>
        [.. bundle.Entries.Where(file => file.FullName.StartsWith("tile/entries/", StringComparison.Ordinal)).SelectMany(file => EntryBundle.Read(Bytes(bundle, file.FullName)))];

    private static List<DisclosedEntry> Disclosed(ZipArchive bundle) =>
        [.. Text(bundle, BundlePath.Entries).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => DisclosedEntry.Parse(Encoding.ASCII.GetBytes(line)))];

    private static List<EvidenceStatement> Statements(ZipArchive bundle) =>
        [.. Disclosed(bundle).Where(entry => entry.Body is not null).Select(Body).Where(body => body.Evidence is not null).Select(body => body.Evidence)];

    private static LogBody Body(DisclosedEntry entry) => LogBody.Parser.ParseFrom(entry.Body ?? []);
}
