using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Evidence.Policies;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Devices;
using Sandbox.Storage.Devices;
using Sandbox.Tests.Ingest;
using Sandbox.Tests.ServerHost;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Tests.Assessment;

/// <summary>What mentors say of a device changes what it is asked, at once, connected or not, and stands in the log.</summary>
public sealed class JudgedByPeoplesWord
{
    private const string History = "password.history";

    private static readonly Policy Policy = PolicyReader.Read("""
        schema: 1
        id: lab
        version: 1
        title: Lab
        rules:
          - { id: password.min_length, expect: { op: ">=", value: 12 } }
          - { id: password.changed_since_compromise, expect: { op: eq, value: true } }
        for:
          - { group: kiosks, rules: [ { id: password.history, expect: { op: ">=", value: 5 } } ] }
          - { role: server, rules: [ { id: password.min_length, expect: { op: ">=", value: 15 } } ] }
        """).Policy!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_device_that_is_put_into_a_group_is_asked_its_rules_and_no_longer_when_it_is_taken_out(bool connected)
    {
        await using var server = await RunningIngest.StartAsync(policy: Policy);
        var device = await ReportedAsync(server, connected);
        Assert.Null(await FindingAsync(server, device, History));

        Assert.True(await ScopesAsync(server, book => book.AddAsync(device.Id, "kiosks", null, Ct)));
        await RejudgedAsync(server, async () => await FindingAsync(server, device, History) is { Verdict: Verdict.Fail, Policy: "lab/1" });

        Assert.True(await ScopesAsync(server, book => book.RemoveAsync(device.Id, "kiosks", null, Ct)));
        await RejudgedAsync(server, async () => await FindingAsync(server, device, History) is null);
    }

    [Fact]
    public async Task A_word_is_not_lost_when_the_device_is_judged_before_it_is_read()
    {
        await using var server = await RunningIngest.StartAsync(paused: true, policy: Policy);
        var device = await server.EnrolAsync();
        var opening = server.OpenAsync(device);
        await server.ResumeAsync(withClock: false);
        var talk = await opening;
        await talk.SettleAsync(device.Say(ReportingDevice.Policy(14)));
        // What is stored has passed, so that the next report may move it.
        server.Time.Advance(TimeSpan.FromHours(25));
        await ScopesAsync(server, book => book.AddAsync(device.Id, "kiosks", null, Ct));

        await talk.SettleAsync(device.Say(ReportingDevice.Policy(13)));
        Assert.Null(await FindingAsync(server, device, History));

        server.StartClock();
        await RejudgedAsync(server, async () => await FindingAsync(server, device, History) is not null);
    }

    [Fact]
    public async Task A_device_that_waits_for_another_policy_waits_on_when_somebody_says_a_word()
    {
        await using var server = await RunningIngest.StartAsync(policy: Policy);
        var device = await server.EnrolAsync();
        var since = server.Time.GetUtcNow().AddSeconds(-1);
        await server.QueryAsync(db => db.Devices.ExecuteUpdateAsync(set => set.SetProperty(x => x.JudgeAt, since), Ct));

        await ScopesAsync(server, book => book.AddAsync(device.Id, "kiosks", null, Ct));
        await MarksAsync(server, book => book.MarkAsync(new StoredMark { Account = "noor", Since = new DateOnly(2026, 2, 27), Reason = "it stood on a note" }, Ct));

        Assert.Equal(since, await server.QueryAsync(db => db.Devices.Select(x => x.JudgeAt).SingleAsync(Ct)));
    }

    [Fact]
    public async Task An_account_that_the_device_does_not_have_is_not_marked_on_it()
    {
        await using var server = await RunningIngest.StartAsync(policy: Policy);
        var device = await ReportedAsync(server, connected: true);
        StoredMark Of(string account, DeviceId? on) => new() { Account = account, Since = new DateOnly(2026, 2, 27), Reason = "it stood on a note", DeviceId = on };

        var fault = await Assert.ThrowsAsync<Sandbox.Server.SetupException>(() => MarksAsync(server, book => book.MarkAsync(Of("nor", device.Id), Ct)));

        Assert.Equal("The device has no account nor: it has noor.", fault.Message);
        await MarksAsync(server, book => book.MarkAsync(Of("nor", null), Ct));
        Assert.Equal((1, 0), await MarksAsync(server, async book => (await book.CountAsync("noor", Ct), await book.CountAsync("nor", Ct))));
    }

    [Fact]
    public async Task What_the_device_says_later_is_judged_by_it_as_well()
    {
        await using var server = await RunningIngest.StartAsync(policy: Policy);
        var device = await server.EnrolAsync();
        await ScopesAsync(server, book => book.GiveRoleAsync(device.Id, DeviceRole.Server, null, Ct));
        var talk = await server.OpenAsync(device);

        await talk.SettleAsync(device.Say(ReportingDevice.Policy(14)));

        Assert.Equal((Verdict.Fail, "at least 15 characters"), (await FindingAsync(server, device, "password.min_length"))!.Said());
    }

    [Fact]
    public async Task An_open_page_is_told_though_no_verdict_changes()
    {
        await using var server = await RunningIngest.StartAsync(policy: Policy);
        var device = await ReportedAsync(server, connected: true);
        using var events = server.Feed.Subscribe();

        await ScopesAsync(server, book => book.AddAsync(device.Id, "benches", null, Ct));
        server.Time.Advance(TimeSpan.FromSeconds(2));

        await foreach (var happened in events.ReadAsync(Ct))
            if (happened.Device == device.Id) break;
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_marked_account_fails_and_passes_again_when_the_mark_is_taken_back(bool everywhere)
    {
        await using var server = await RunningIngest.StartAsync(policy: Policy);
        var device = await ReportedAsync(server, connected: true);
        var mark = await MarksAsync(server, book => book.MarkAsync(new StoredMark { Account = "noor", Since = new DateOnly(2026, 2, 27), Reason = "it stood on a note", DeviceId = everywhere ? null : device.Id }, Ct));

        await RejudgedAsync(server, async () => await FindingAsync(server, device, "password.changed_since_compromise", "noor") is { Verdict: Verdict.Fail });

        Assert.NotNull(await MarksAsync(server, book => book.WithdrawAsync(mark.Id, null, Ct)));
        Assert.Null(await MarksAsync(server, book => book.WithdrawAsync(mark.Id, null, Ct)));
        await RejudgedAsync(server, async () => await FindingAsync(server, device, "password.changed_since_compromise", "noor") is null);
    }

    [Fact]
    public async Task Each_word_stands_in_the_log_with_who_said_it_and_one_that_changes_nothing_does_not()
    {
        await using var server = await RunningIngest.StartAsync(policy: Policy);
        var (device, by) = (await server.EnrolAsync(), Guid.NewGuid());

        await ScopesAsync(server, book => book.AddAsync(device.Id, "kiosks", by, Ct));
        Assert.False(await ScopesAsync(server, book => book.AddAsync(device.Id, "kiosks", by, Ct)));
        await ScopesAsync(server, book => book.GiveRoleAsync(device.Id, DeviceRole.Workstation, null, Ct));
        Assert.False(await ScopesAsync(server, book => book.GiveRoleAsync(device.Id, DeviceRole.Workstation, null, Ct)));
        Assert.False(await ScopesAsync(server, book => book.RemoveAsync(device.Id, "benches", by, Ct)));

        var said = (await EntriesAsync(server, EntryKind.Scope)).ConvertAll(body => body.DeviceScoped);
        Assert.Equal([("kiosks", "", true), ("kiosks", "workstation", false)], said.Select(one => (string.Join(' ', one.Groups), one.Role, one.HasSaidBy)));
        Assert.Equal(by.ToByteArray(bigEndian: true), said[0].SaidBy);
    }

    [Fact]
    public async Task A_mark_and_its_end_stand_in_the_log()
    {
        await using var server = await RunningIngest.StartAsync(policy: Policy);
        var mark = await MarksAsync(server, book => book.MarkAsync(new StoredMark { Account = "noor", Since = new DateOnly(2026, 2, 27), Reason = "it stood on a note" }, Ct));
        await MarksAsync(server, book => book.WithdrawAsync(mark.Id, Guid.NewGuid(), Ct));

        var said = (await EntriesAsync(server, EntryKind.Compromise)).ConvertAll(body => body.AccountMarked);
        Assert.Equal([("noor", "2026-02-27", "it stood on a note", false, false), ("noor", "2026-02-27", "it stood on a note", true, true)], said.Select(one => (one.Account, one.Since, one.Reason, one.Withdrawn, one.HasSaidBy)));
    }

    [Theory]
    [InlineData("", "2026-02-27", "it stood on a note", "Say which account"), InlineData("two words", "2026-02-27", "why", "Say which account"), InlineData("noor", "2026-03-02", "why", "a day to come"), InlineData("noor", "1969-12-31", "why", "before there were"), InlineData("noor", "2026-02-27", "", "Say why")]
    public async Task A_mark_that_cannot_be_is_refused_in_words(string account, string since, string reason, string words)
    {
        await using var server = await RunningIngest.StartAsync(policy: Policy);

        var fault = await Assert.ThrowsAsync<Sandbox.Server.SetupException>(() => MarksAsync(server, book => book.MarkAsync(new StoredMark { Account = account, Since = DateOnly.ParseExact(since, "yyyy-MM-dd"), Reason = reason }, Ct)));

        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_mark_twice_is_refused_and_one_of_a_later_day_is_not()
    {
        await using var server = await RunningIngest.StartAsync(policy: Policy);
        StoredMark Of(int day) => new() { Account = "noor", Since = new DateOnly(2026, 2, day), Reason = "it stood on a note" };
        await MarksAsync(server, book => book.MarkAsync(Of(20), Ct));

        await Assert.ThrowsAsync<Sandbox.Server.SetupException>(() => MarksAsync(server, book => book.MarkAsync(Of(19), Ct)));
        await MarksAsync(server, book => book.MarkAsync(Of(21), Ct));

        Assert.Equal(2, (await MarksAsync(server, book => book.ListAsync(null, Ct))).Count);
    }

    private static async Task<ReportingDevice> ReportedAsync(RunningIngest server, bool connected)
    {
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        var noor = new Account { Name = "noor", Uid = 1001, ShellClass = ShellClass.Login, PasswordState = PasswordState.Set, LastChangeDay = (ReportingDevice.Start - DateTimeOffset.UnixEpoch).Days - 20 };
        await talk.SettleAsync(device.Say(new Fact { PasswordPolicy = new Protocol.PasswordPolicy { EffectiveMinLength = 16, History = 3 } }), device.Say(new Fact { Accounts = new Accounts { UidMin = 1000, Accounts_ = { noor } } }));
        if (!connected) server.Ingest.Close(talk.Stream);
        return device;
    }

    // Asked by the clock once a second.
    private static async Task RejudgedAsync(RunningIngest server, Func<Task<bool>> done)
    {
        server.Time.Advance(TimeSpan.FromSeconds(2));
        await Eventually.TrueAsync(done);
    }

    private static Task<T> ScopesAsync<T>(RunningIngest server, Func<ScopeBook, Task<T>> ask) => server.QueryAsync(db => ask(new ScopeBook(db, server.Time)));

    private static Task<T> MarksAsync<T>(RunningIngest server, Func<CompromiseBook, Task<T>> ask) => server.QueryAsync(db => ask(new CompromiseBook(db, server.Time)));

    private static Task<Sandbox.Storage.Findings.StoredFinding?> FindingAsync(RunningIngest server, ReportingDevice device, string rule, string subject = "") =>
        server.QueryAsync(db => db.Findings.AsNoTracking().FirstOrDefaultAsync(one => one.DeviceId == device.Id && one.Rule == rule && one.Subject == subject, Ct));

    private static async Task<List<LogBody>> EntriesAsync(RunningIngest server, EntryKind kind) =>
        (await server.QueryAsync(db => db.LogEntries.Where(x => x.Kind == kind).OrderBy(x => x.Id).ToListAsync(Ct))).ConvertAll(x => LogBody.Parser.ParseFrom(x.Body));
}

file static class Shown
{
    public static (Verdict, string) Said(this Sandbox.Storage.Findings.StoredFinding finding) => (finding.Verdict, finding.Expected);
}
