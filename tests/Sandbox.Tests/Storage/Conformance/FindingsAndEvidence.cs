using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Evidence.Crediting;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.Findings;
using Sandbox.Storage.Log;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Tests.Storage.Conformance;

/// <summary>Verdicts, their transitions, evidence and entries of the log, on both stores.</summary>
public sealed class FindingsAndEvidence
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData<BothStores>]
    public async Task A_verdict_is_kept_exactly_and_replaced_by_the_next(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var session = device.Open().Session;
        var (first, second) = (device.Writes(session), device.Writes(session));
        Put(first, device.Finding("elif", Verdict.Fail, "99999 days"));
        var better = device.Finding("elif", Verdict.Pass);
        (better.LastVerified, better.ReportId, better.Reason, better.LongestGapMs) = (StoreUnderTest.Start, 5, "", 60_000);
        Put(second, better);

        device.Commit(first);
        device.Commit(second);

        Assert.Equivalent(new[] { better }, device.Read().Findings, strict: true);
    }

    [Theory, ClassData<BothStores>]
    public async Task A_verdict_that_was_verified_anew_is_younger_and_otherwise_what_it_was(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var session = device.Open().Session;
        var (first, second) = (device.Writes(session), device.Writes(session));
        var (elif, ben) = (device.Finding("elif", Verdict.Fail, "99999 days"), device.Finding("ben", Verdict.Pass));
        Put(first, elif, ben);
        var (younger, other) = (device.Finding("elif", Verdict.Error, "not written"), device.Finding("ben", Verdict.Fail));
        foreach (var row in new[] { younger, other })
        {
            (row.LastVerified, row.ReportId, row.LongestGapMs) = (StoreUnderTest.Start.AddHours(2), 7, 7_200_000);
            second.VerifiedFindings[new FindingKey(row.Rule, row.Subject)] = row;
        }
        Put(second, other);

        device.Commit(first);
        device.Commit(second);

        (elif.LastVerified, elif.ReportId, elif.LongestGapMs) = (StoreUnderTest.Start.AddHours(2), 7, 7_200_000);
        Assert.Equivalent(new[] { other, elif }, device.Read().Findings.OrderBy(x => x.Subject), strict: true);
    }

    [Theory, ClassData<BothStores>]
    public async Task A_verdict_whose_subject_is_gone_goes_and_its_transition_stays(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var session = device.Open().Session;
        var (first, second) = (device.Writes(session), device.Writes(session));
        Put(first, device.Finding("elif", Verdict.Fail), device.Finding("ben", Verdict.Pass));
        first.Transitions.AddRange([device.Transition("elif", null, Verdict.Fail), device.Transition("ben", null, Verdict.Pass)]);
        second.GoneFindings.Add(new FindingKey("password.max_age", "elif"));
        second.Transitions.Add(device.Transition("elif", Verdict.Fail, null));

        store.Ingest.Commit(new IngestBatch([first, second], [], StoreUnderTest.Start));

        Assert.Equal(["ben"], device.Read().Findings.Select(x => x.Subject));
        Assert.Equal([("elif", null, Verdict.Fail), ("ben", null, Verdict.Pass), ("elif", (Verdict?)Verdict.Fail, (Verdict?)null)],
            await store.AskAsync(async db => (await db.Transitions.OrderBy(x => x.Id).ToListAsync(Ct)).Select(x => (x.Subject, x.From, x.To))));
    }

    [Theory, ClassData<BothStores>]
    public async Task A_verdict_that_goes_and_comes_in_one_batch_is_there(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var session = device.Open().Session;
        var (first, second, third) = (device.Writes(session), device.Writes(session), device.OwnWrites(session));
        Put(first, device.Finding("elif", Verdict.Fail));
        second.GoneFindings.Add(new FindingKey("password.max_age", "elif"));
        Put(third, device.Finding("elif", Verdict.Unknown));

        store.Ingest.Commit(new IngestBatch([first, second, third], [], StoreUnderTest.Start));

        Assert.Equal(Verdict.Unknown, device.Read().Findings.Single().Verdict);
    }

    [Theory, ClassData<BothStores>]
    public async Task Evidence_is_kept_exactly_and_what_may_change_of_it_changes(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var session = device.Open().Session;
        var (first, second) = (device.Writes(session), device.Writes(session));
        var (noted, held) = (Evidence(device, "1.1"), Evidence(device, "1.1"));
        (held.Id, held.State, held.LoggedRevision, held.Revision, held.Reason, held.After) = (noted.Id, (EvidenceState)1, 2, 3, "it held", "now 60 days");
        (held.SettlingReportId, held.NamedPersonId, held.PersonId, held.ActId, held.ActReportId) = (9, Guid.NewGuid(), Guid.NewGuid(), "0a1b", 8);
        (first.Evidence[noted.Id], second.Evidence[held.Id]) = (noted, held);

        device.Commit(first);
        device.Commit(second);

        Assert.Equivalent(new[] { held }, device.Read().Evidence, strict: true);
        Assert.Equivalent(new[] { held }, await store.AskAsync(db => db.Evidence.ToListAsync(Ct)), strict: true);
    }

    [Theory, ClassData<BothStores>]
    public async Task Evidence_is_read_the_oldest_first(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var writes = device.Writes(device.Open().Session);
        foreach (var (line, hours) in new[] { ("1.3", 3), ("1.1", 1), ("7.1", 2) })
        {
            var row = Evidence(device, line);
            row.NotedAt = StoreUnderTest.Start.AddHours(hours);
            writes.Evidence[row.Id] = row;
        }

        device.Commit(writes);

        Assert.Equal(["1.1", "7.1", "1.3"], device.Read().Evidence.Select(x => x.Line));
    }

    [Theory, ClassData<BothStores>]
    public async Task Entries_get_rows_in_their_order_and_no_place(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var writes = device.Writes(device.Open().Session);
        for (var i = 0; i < 20; i++)
            writes.Entries.Add(LoggedEntry.New(EntryKind.Policy, StoreUnderTest.Start.AddSeconds(i), new LogBody(), device.Id, i % 2 == 0 ? Guid.NewGuid() : null, i % 3 == 0 ? Guid.NewGuid() : null));

        device.Commit(writes);

        var rows = await store.AskAsync(db => db.LogEntries.OrderBy(x => x.Id).ToListAsync(Ct));
        foreach (var (entry, row) in writes.Entries.Zip(rows)) entry.Id = row.Id;
        Assert.Equivalent(writes.Entries, rows, strict: true);
        Assert.All(rows, row => Assert.Null(row.LeafIndex));
    }

    private static void Put(StreamWrites writes, params StoredFinding[] findings)
    {
        foreach (var finding in findings) writes.Findings[new FindingKey(finding.Rule, finding.Subject)] = finding;
    }

    private static StoredEvidence Evidence(StoredDevice device, string line) => new()
    {
        Id = Guid.NewGuid(),
        DeviceId = device.Id,
        PersonId = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"),
        Line = line,
        Act = "password.max_age",
        Target = "elif",
        GradeReason = "one owner",
        After = "90 days",
        ReportId = 4,
        NotBefore = StoreUnderTest.Start.AddMinutes(-5),
        ChangedAt = StoreUnderTest.Start,
        HappenedAt = StoreUnderTest.Start.AddSeconds(-1),
        Reservation = "it is virtual",
        SeededFaultId = Guid.Parse("00112233-4455-6677-8899-aabbccddee00"),
        NotedAt = StoreUnderTest.Start,
        StateSince = StoreUnderTest.Start,
    };
}
