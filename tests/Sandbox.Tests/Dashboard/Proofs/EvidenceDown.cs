using System.Net;
using System.Security.Cryptography;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Crediting;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.Log;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Dashboard.Proofs;

/// <summary>From the sentence down to the raw fact, the device's signature and the leaf; and what is said when one of them was tampered with.</summary>
public sealed class EvidenceDown : PagesTest
{
    [Theory]
    [InlineData("Why not higher: nobody was seen doing it"), InlineData("\"effective_min_length\": 8"), InlineData("\"effective_min_length\": 14"), InlineData("it was still so when the device read it")]
    [InlineData("That it changed:"), InlineData("verified now: the hashes lead from the cited report to one that the device's own key signed"), InlineData("Elif Yilmaz")]
    public async Task A_piece_says(string words)
    {
        var item = await MendedAsync();

        Assert.Contains(words, await PageAsync(item), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watched_piece_says_what_is_awaited_and_from_when()
    {
        var item = await MendedAsync(EvidenceState.Watched);

        Assert.Contains("awaited: the device's next report that still says so", await PageAsync(item), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cited_report_stands_with_its_hash()
    {
        var item = await MendedAsync();
        var report = await Server.InStoreAsync(db => db.Reports.SingleAsync(r => r.Id == item.ReportId));

        Assert.Contains(Convert.ToHexStringLower(ReportHash.Of(report.DeviceId, report.Bytes)), await PageAsync(item), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_is_gone_is_said_so()
    {
        var item = await MendedAsync();
        await Server.InStoreAsync(db => db.Reports.ExecuteDeleteAsync());

        Assert.Contains("The report is not kept any more", await PageAsync(item), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_over_something_else_is_named()
    {
        var item = await MendedAsync(tamper: said => said.Chain.Signature = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(70)));

        var page = await PageAsync(item);

        Assert.Contains("the chain does NOT hold", page, StringComparison.Ordinal);
        Assert.DoesNotContain("verified now", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_not_the_devices_is_named()
    {
        var item = await MendedAsync();
        await Server.InStoreAsync(db => db.Devices.ExecuteUpdateAsync(set => set.SetProperty(d => d.PublicKey, RandomNumberGenerator.GetBytes(91))));

        Assert.Contains("data-chain=\"bad\"", await PageAsync(item), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_two_splits_have_ended_is_still_one_of_the_devices()
    {
        var item = await MendedAsync();
        await Server.InStoreAsync(async db =>
        {
            var device = await db.Devices.SingleAsync(d => d.Id == item.DeviceId);
            var enrolled = new DeviceEnrolled { DeviceId = ByteString.CopyFrom(device.Id.ToBytes()), PublicKey = ByteString.CopyFrom(device.PublicKey) };
            db.LogEntries.Add(LoggedEntry.New(EntryKind.Enrolment, device.EnrolledAt, new LogBody { DeviceEnrolled = enrolled }, device.Id));
            (device.PublicKey, device.PreviousPublicKey) = (RandomNumberGenerator.GetBytes(91), RandomNumberGenerator.GetBytes(91));
            return await db.SaveChangesAsync();
        });

        Assert.Contains("verified now: the hashes lead from the cited report to one that a former key of the device signed", await PageAsync(item), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_without_a_chain_is_not_called_verified()
    {
        var item = await MendedAsync(tamper: said => said.Chain = null);

        Assert.Contains("data-chain=\"warn\"", await PageAsync(item), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_is_checked_against_the_published_checkpoint()
    {
        var item = await MendedAsync();

        await SequencedAsync(item);

        Assert.Contains("data-inclusion=\"good\"", await PageAsync(item), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leaf_that_was_changed_is_not_included()
    {
        var item = await MendedAsync();
        await SequencedAsync(item);
        await ChangeEntryAsync(item, entry => entry.Leaf = [.. LoggedEntry.New(entry.Kind, entry.At.AddHours(1), LogBody.Parser.ParseFrom(entry.Body)).Leaf], erase: true);

        Assert.Contains("NOT included", await PageAsync(item), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_that_is_not_what_the_leaf_commits_to_is_named()
    {
        var item = await MendedAsync();
        await SequencedAsync(item);
        await ChangeEntryAsync(item, entry => entry.Salt = RandomNumberGenerator.GetBytes(16), erase: false);

        Assert.Contains("is not what the leaf commits to", await PageAsync(item), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_erased_entry_is_said_so_and_its_leaf_still_checked()
    {
        var item = await MendedAsync();
        await SequencedAsync(item);
        await ChangeEntryAsync(item, _ => { }, erase: true);

        var page = await PageAsync(item);

        Assert.Contains("erased: what it said is gone, the leaf stands", page, StringComparison.Ordinal);
        Assert.Contains("data-inclusion=\"good\"", page, StringComparison.Ordinal);
    }

    private async Task<string> PageAsync(StoredEvidence item)
    {
        using var mentor = await AsMentorAsync();
        return WebUtility.HtmlDecode(await mentor.ReadAsync($"/evidence/{item.Id}"));
    }

    private Task<StoredEvidence> MendedAsync(EvidenceState state = EvidenceState.Held, Action<EvidenceStatement>? tamper = null) =>
        Server.InStoreAsync(db => new EvidenceSeed(db, Server.Time.GetUtcNow()).MendedAsync(Apprentice, "lab-07", state, tamper));

    private Task SequencedAsync(StoredEvidence item) => Eventually.TrueAsync(async () =>
    {
        Server.Time.Advance(TimeSpan.FromMilliseconds(600));
        return await Server.InStoreAsync(async db =>
        {
            var index = await db.LogEntries.Where(e => e.SubjectId == item.Id).Select(e => e.LeafIndex).SingleAsync();
            return index is not null && await db.LogHeads.AnyAsync(head => head.CheckpointSize > index);
        });
    });

    private Task<int> ChangeEntryAsync(StoredEvidence item, Action<LoggedEntry> change, bool erase) => Server.InStoreAsync(async db =>
    {
        var entry = await db.LogEntries.SingleAsync(e => e.SubjectId == item.Id);
        change(entry);
        if (erase) (entry.Salt, entry.Body) = (null, null);
        return await db.SaveChangesAsync();
    });
}
