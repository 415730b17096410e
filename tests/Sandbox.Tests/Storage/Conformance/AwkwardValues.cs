using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Findings;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Tests.Storage.Conformance;

/// <summary>What no honest agent says, and one device may not harm another with, on both stores.</summary>
public sealed class AwkwardValues
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<StoreKind, string, string> Texts => new()
    {
        { StoreKind.Sqlite, "", "" }, { StoreKind.Postgres, "", "" },
        { StoreKind.Sqlite, "a\0b\0", "a\uFFFDb\uFFFD" }, { StoreKind.Postgres, "a\0b\0", "a\uFFFDb\uFFFD" },
        { StoreKind.Sqlite, "half \ud83d of a pair", "half \uFFFD of a pair" }, { StoreKind.Postgres, "half \ud83d of a pair", "half \uFFFD of a pair" },
        { StoreKind.Sqlite, "'; DROP TABLE x -- \\ %_ \u202e 😀\r\n", "'; DROP TABLE x -- \\ %_ \u202e 😀\r\n" },
        { StoreKind.Postgres, "'; DROP TABLE x -- \\ %_ \u202e 😀\r\n", "'; DROP TABLE x -- \\ %_ \u202e 😀\r\n" },
    };

    [Theory, MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public async Task Every_text_is_kept_or_made_storable_and_the_rest_of_the_batch_is_there(StoreKind kind, string said, string kept)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (device, other) = (await store.EnrolAsync(), await store.EnrolAsync());
        var (writes, neighbour) = (device.Writes(device.Open().Session), other.Writes(other.Open().Session));
        var finding = device.Finding(said, Verdict.Fail, said);
        writes.Findings[new FindingKey(finding.Rule, said)] = finding;
        writes.Transitions.Add(device.Transition(said, null, Verdict.Fail));
        writes.HardwareNames.Add(said);
        neighbour.Reports.Add(other.Report(1));

        store.Ingest.Commit(new IngestBatch([writes, neighbour], [device.Hello() with { HostName = said, AgentVersion = said, Peer = said }], StoreUnderTest.Start));

        var record = device.Read();
        Assert.Equal((kept, kept, kept), (record.Findings.Single().Subject, record.Findings.Single().Observed, record.HardwareNames.Single()));
        Assert.Equal(kept, await store.AskAsync(db => db.Sightings.OrderByDescending(x => x.Id).Select(x => x.HostName).FirstAsync(Ct)));
        Assert.Single(store.Ingest.Reports(other.Id, 0, 9));
        Assert.Equal(device.Id, Assert.Single(store.Ingest.OthersWithHardware(other.Id, [said])).Device);
    }

    [Theory, ClassData<BothStores>]
    public async Task A_subject_of_a_mebibyte_is_one_verdict_and_goes_again(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var session = device.Open().Session;
        var subject = Convert.ToBase64String(RandomNumberGenerator.GetBytes(1 << 20));
        var (first, second) = (device.Writes(session), device.Writes(session));
        foreach (var name in new[] { subject, subject + "x" }) first.Findings[new FindingKey("password.max_age", name)] = device.Finding(name, Verdict.Fail, name);
        first.HardwareNames.Add(subject);
        second.GoneFindings.Add(new FindingKey("password.max_age", subject));

        device.Commit(first);
        var before = device.Read().Findings;
        device.Commit(second);

        Assert.Equal(2, before.Select(x => x.Subject).Distinct().Count());
        Assert.Equal(subject + "x", device.Read().Findings.Single().Observed);
    }

    [Theory, ClassData<BothStores>]
    public async Task Subjects_that_are_one_once_they_are_storable_do_no_harm(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var writes = device.Writes(device.Open().Session);
        foreach (var name in new[] { "a\0", "a\uFFFD" }) writes.Findings[new FindingKey("password.max_age", name)] = device.Finding(name, Verdict.Fail);

        Assert.Equal(Reason.Unspecified, device.Commit(writes));

        Assert.Equal("a\uFFFD", device.Read().Findings.Single().Subject);
    }

    [Theory, ClassData<BothStores>]
    public async Task Instants_at_the_edges_are_kept_to_the_microsecond(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var writes = device.Writes(device.Open().Session);
        DateTimeOffset[] edges = [DateTimeOffset.MinValue, DateTimeOffset.UnixEpoch, new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero).AddTicks(9_999_990)];
        foreach (var (at, i) in edges.Select((at, i) => (at, i)))
        {
            writes.Facts[i + 1] = device.Fact(i + 1, 1);
            writes.Facts[i + 1].ChangedAt = at;
        }

        device.Commit(writes);

        Assert.Equal(edges, device.Read().Facts.OrderBy(x => x.Kind).Select(x => x.ChangedAt));
    }

    [Theory, ClassData<BothStores>]
    public async Task Sequences_and_kinds_at_the_edges_are_kept(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var writes = device.Writes(device.Open().Session);
        (writes.LastSequence, writes.LastHash) = (long.MaxValue, []);
        writes.Facts[int.MaxValue] = device.Fact(int.MaxValue);

        device.Commit(writes);

        Assert.Equal((long.MaxValue, int.MaxValue, 0), (device.Read().LastSequence, device.Read().Facts.Single().Kind, device.Read().Facts.Single().Bytes.Length));
    }

    [Fact]
    public async Task What_people_and_refusals_say_is_made_storable_for_postgres_too()
    {
        await using var store = await StoreUnderTest.CreateAsync(StoreKind.Postgres);
        await using var db = store.Open();

        db.Refusals.Add(new Refusal { At = StoreUnderTest.Start, Peer = "192.0.2.1", Detail = "x\0y" });
        await db.SaveChangesAsync(Ct);

        Assert.Equal("x\uFFFDy", await store.AskAsync(other => other.Refusals.Select(x => x.Detail).SingleAsync(Ct)));
        var searched = "\0";
        Assert.False(await db.Refusals.AnyAsync(x => x.Peer == searched, Ct));
    }

    [Fact]
    public void A_long_key_ends_with_a_digest_of_the_whole_and_a_short_one_is_itself()
    {
        var text = new string('x', StorableText.LongestKey + 1);

        Assert.Equal((StorableText.LongestKey, "elif"), (StorableText.Key(text).Length, StorableText.Key("elif")));
        Assert.NotEqual(StorableText.Key(text), StorableText.Key(text + "x"));
    }
}
