using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.TheLog;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Log;
using Sandbox.Storage.People;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Dashboard.TheLog;

/// <summary>The page of the evidence log: its state, its entries, and what is said when it is halted.</summary>
public sealed class LogPages : PagesTest
{
    [Fact]
    public async Task The_key_to_write_down_stands_on_the_page()
    {
        using var mentor = await AsMentorAsync();

        Assert.Matches("localhost/evidence\\+[0-9a-f]{8}\\+[A-Za-z0-9/+]{40}", WebUtility.HtmlDecode(await mentor.ReadAsync("/log")));
    }

    [Fact]
    public async Task An_entry_stands_beside_its_leaf_with_the_names_of_device_and_person()
    {
        var device = await DeviceAsync("lab-b0007", Apprentice);
        await EntryAsync(device);
        using var mentor = await AsMentorAsync();

        var page = WebUtility.HtmlDecode(await mentor.ReadAsync("/log?kind=quarantine"));

        Assert.Contains("quarantined: seen on two machines", page, StringComparison.Ordinal);
        Assert.Contains("sandbox-log/v1\nkind quarantine", page, StringComparison.Ordinal);
        Assert.Contains(">lab-b0007</a>", page, StringComparison.Ordinal);
        Assert.Contains(">Elif Yilmaz</a>", page, StringComparison.Ordinal);
    }

    public static TheoryData<string> SaidBySomebody => [.. LogBody.Descriptor.Oneofs[0].Fields.Where(one => one.MessageType.FindFieldByName("said_by") is not null).Select(one => one.Name)];

    [Theory, MemberData(nameof(SaidBySomebody))]
    public void Who_said_it_is_read_of_every_entry_that_says_so(string content)
    {
        var (field, by) = (LogBody.Descriptor.FindFieldByName(content), Guid.NewGuid());
        var said = (Google.Protobuf.IMessage)field.MessageType.Parser.ParseFrom([]);
        field.MessageType.FindFieldByName("said_by").Accessor.SetValue(said, LogId.Of(by));
        var body = new LogBody();
        field.Accessor.SetValue(body, said);

        Assert.Equal(by, BodyWords.By(body));
    }

    [Fact]
    public async Task Who_decided_is_named_and_all_that_the_entry_says_is_there_to_read()
    {
        var said = new LineDecided
        {
            Id = LogId.Of(Guid.NewGuid()), PersonId = LogId.Of(Apprentice.Id), DecidedBy = LogId.Of(Mentor.Id), Line = "1.3", Column = "ojt", Decision = "signed", Role = "mentor", ConfirmedBy = "password",
            Evidence = { new SeenEvidence { EvidenceId = LogId.Of(Guid.NewGuid()), Grade = "E2", Target = "noor (uid 1007)" } }, Missing = { "a second machine", "the page that was printed" },
        };
        await Server.InStoreAsync(async db =>
        {
            db.LogEntries.Add(LoggedEntry.New(EntryKind.SignOff, Server.Time.GetUtcNow(), new LogBody { LineDecided = said }, person: Apprentice.Id));
            return await db.SaveChangesAsync();
        });
        using var auditor = await AsAsync(Roles.Auditor);

        var page = WebUtility.HtmlDecode(await auditor.ReadAsync("/log"));

        Assert.Contains($"by <a href=\"/people/{Mentor.Id}\">Mara Kessler</a>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>confirmed by</dt><dd>password</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>evidence 1: target</dt><dd>noor (uid 1007)</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>missing</dt><dd>a second machine; the page that was printed</dd>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<dt>words</dt>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_witnesses_the_page_says_how_to_get_one()
    {
        using var auditor = await AsAsync(Roles.Auditor);

        var page = await auditor.ReadAsync("/log");

        Assert.Contains("its order is proved, and its times are this server's word", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("sandbox-server log witness add URL WITNESS-KEY", page, StringComparison.Ordinal);
        Assert.Contains("<span data-count=\"told\">0</span> devices were given the newest checkpoint", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_witness_stands_there_with_its_last_word()
    {
        await EntryAsync(await DeviceAsync("lab-b0007", Apprentice));
        await Eventually.TrueAsync(() =>
        {
            Server.Time.Advance(TimeSpan.FromMilliseconds(500));
            return Server.InStoreAsync(db => db.LogHeads.AnyAsync(head => head.CheckpointSize > 0));
        });
        await Server.InStoreAsync(async db =>
        {
            db.LogWitnesses.Add(new LogWitness { Name = "a/witness", Url = "http://a:7445", VerifierKey = "", Size = 0, AskedAt = Server.Time.GetUtcNow(), Trouble = "it does not answer: nobody is at home" });
            db.LogWitnesses.Add(new LogWitness { Name = "b/witness", Url = "http://b:7445", VerifierKey = "", Size = 1_000_000, AskedAt = Server.Time.GetUtcNow(), CosignedAt = Server.Time.GetUtcNow() });
            db.LogWitnesses.Add(new LogWitness { Name = "c/witness", Url = "http://c:7445", VerifierKey = "" });
            return await db.SaveChangesAsync();
        });
        using var auditor = await AsAsync(Roles.Auditor);

        var rows = Regex.Matches(WebUtility.HtmlDecode(await auditor.ReadAsync("/log")), "<tr data-key=\"(./witness)\">(.*?)</tr>", RegexOptions.Singleline).ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value);

        Assert.Contains("Does not cosign", rows["a/witness"], StringComparison.Ordinal);
        Assert.Contains("it does not answer: nobody is at home", rows["a/witness"], StringComparison.Ordinal);
        Assert.Matches("Behind\"[^>]*>[1-9]", rows["a/witness"]);
        Assert.Contains(">Cosigned<", rows["b/witness"], StringComparison.Ordinal);
        Assert.Contains("Not asked yet", rows["c/witness"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_erased_entry_is_shown_as_such_and_its_leaf_stands()
    {
        await EntryAsync(await DeviceAsync("lab-b0007", Apprentice), entry => (entry.Salt, entry.Body) = (null, null));
        using var mentor = await AsMentorAsync();

        var page = await mentor.ReadAsync("/log?kind=quarantine");

        Assert.Contains(">erased<", page, StringComparison.Ordinal);
        Assert.Contains("sandbox-log/v1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("seen on two machines", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_so_and_fails_no_page()
    {
        await EntryAsync(await DeviceAsync("lab-b0007", Apprentice), entry => entry.Body = [0xff, 0xff, 0xff]);
        using var mentor = await AsMentorAsync();

        Assert.Contains("cannot be read", await mentor.ReadAsync("/log?kind=quarantine"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_read_a_page_at_a_time_and_its_count_is_of_all()
    {
        var device = await DeviceAsync("lab-b0007", Apprentice);
        for (var i = 0; i < 27; i++) await EntryAsync(device);
        using var mentor = await AsMentorAsync();

        var page = await mentor.ReadAsync("/log?kind=quarantine&page=2");

        Assert.Contains("data-count=\"entries\">27<", page, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(page, "data-entry="));
    }

    [Theory]
    [InlineData(Roles.Admin, true), InlineData(Roles.Mentor, true), InlineData(Roles.Auditor, false), InlineData(Roles.Apprentice, false)]
    public async Task A_halted_log_is_told_on_every_page_of_those_who_can_do_something(string role, bool told)
    {
        await HaltAsync();
        using var visitor = await AsAsync(role);

        Assert.Equal(told, (await visitor.ReadAsync("/devices")).Contains("The evidence log is halted:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_halted_log_says_why_on_its_page()
    {
        await HaltAsync();
        using var auditor = await AsAsync(Roles.Auditor);

        Assert.Contains("an agent has a larger checkpoint", await auditor.ReadAsync("/log"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_apprentice_may_not_see_it()
    {
        using var apprentice = await AsApprenticeAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await apprentice.GetAsync("/log")).StatusCode);
        Assert.DoesNotContain("href=\"/log\"", await apprentice.ReadAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_auditor_reads_it()
    {
        using var auditor = await AsAsync(Roles.Auditor);

        Assert.Contains("href=\"/log\"", await auditor.ReadAsync("/"), StringComparison.Ordinal);
        await auditor.ReadAsync("/log");
    }

    private Task<int> EntryAsync(Device device, Action<LoggedEntry>? change = null) => Server.InStoreAsync(db =>
    {
        var body = new LogBody { DeviceQuarantined = new DeviceQuarantined { Proof = "seen on two machines" } };
        var entry = LoggedEntry.New(EntryKind.Quarantine, Server.Time.GetUtcNow(), body, device.Id, Apprentice.Id);
        change?.Invoke(entry);
        db.LogEntries.Add(entry);
        return db.SaveChangesAsync();
    });

    private Task<int> HaltAsync() => Server.InStoreAsync(async db =>
    {
        var head = await db.LogHeads.FirstOrDefaultAsync();
        if (head is null) db.LogHeads.Add(head = new LogHead { Origin = "localhost/evidence", Root = new byte[32] });
        (head.HaltedAt, head.HaltReason) = (Server.Time.GetUtcNow(), "an agent has a larger checkpoint");
        return await db.SaveChangesAsync();
    });
}
