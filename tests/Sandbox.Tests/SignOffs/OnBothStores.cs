using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Lines;
using Sandbox.Server;
using Sandbox.Server.Live;
using Sandbox.Server.People;
using Sandbox.Server.SignOffs;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.People;
using Sandbox.Storage.SignOffs;
using Sandbox.Tests.Storage.Conformance;

namespace Sandbox.Tests.SignOffs;

/// <summary>Decisions and records on both stores, also when many decide at once.</summary>
public sealed class OnBothStores
{
    private static readonly Guid Elif = Guid.NewGuid();
    private static readonly Guid Mina = Guid.NewGuid();
    private static readonly LineAddress Line = new(Elif, "1.3", LineColumn.Ojt);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData<BothStores>]
    public async Task What_is_signed_cites_its_evidence_and_is_read_back(StoreKind kind)
    {
        await using var store = await WithPeopleAsync(kind);
        var item = await HeldAsync(store);

        await DecideAsync(store, DecisionKind.SignedOff, await SeenAsync(store));
        await DecideAsync(store, DecisionKind.Revoked, await SeenAsync(store));

        Assert.Equal([(1, DecisionKind.SignedOff), (2, DecisionKind.Revoked)], await store.AskAsync(db => db.SignOffs.OrderBy(d => d.Number).Select(d => new ValueTuple<int, DecisionKind>(d.Number, d.Kind)).ToListAsync(Ct)));
        Assert.Equal([(item, Grade.E2), (item, Grade.E2)], await store.AskAsync(db => db.SeenThings.Select(c => new ValueTuple<Guid, Grade?>(c.ThingId, c.Grade)).ToListAsync(Ct)));
        Assert.Equal(2, await store.AskAsync(db => db.LogEntries.CountAsync(Ct)));
    }

    [Theory, ClassData<BothStores>]
    public async Task Of_many_who_sign_in_the_same_moment_one_does(StoreKind kind)
    {
        await using var store = await WithPeopleAsync(kind);
        await HeldAsync(store);
        var seen = await SeenAsync(store);

        var signed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => TriesAsync(store, seen))));

        Assert.Single(signed, one => one);
        Assert.Equal((1, 1), (await store.AskAsync(db => db.SignOffs.CountAsync(Ct)), await store.AskAsync(db => db.LogEntries.CountAsync(Ct))));
    }

    [Theory, ClassData<BothStores>]
    public async Task A_record_is_kept_with_its_day_and_hash_and_with_text_that_a_database_refuses(StoreKind kind)
    {
        await using var store = await WithPeopleAsync(kind);
        await using var db = store.Open();
        var book = new RecordBook(db, new LiveFeed(), new LogBell(), TimeProvider.System);

        await book.AddAsync(Viewer(Elif, Roles.Apprentice), new NewRecord(Line with { Column = LineColumn.Ri }, new DateOnly(2024, 2, 29), "College\0 of Köln", 90, "", new HashedFile("a.pdf", 3, [1, 2, 3])), Ct);

        var kept = await store.AskAsync(other => other.LearningRecords.SingleAsync(Ct));
        Assert.Equal((new DateOnly(2024, 2, 29), "College\uFFFD of Köln", 90, "a.pdf"), (kept.Day, kept.Source, kept.Minutes, kept.FileName));
        Assert.Equal([1, 2, 3], kept.FileHash!);
    }

    [Theory, ClassData<BothStores>]
    public async Task Two_decisions_cannot_have_one_number(StoreKind kind)
    {
        await using var store = await WithPeopleAsync(kind);
        await using var db = store.Open();
        for (var i = 0; i < 2; i++) db.SignOffs.Add(new SignOff { Id = Guid.NewGuid(), PersonId = Elif, Line = "1.3", Column = LineColumn.Ojt, Number = 1, Kind = DecisionKind.SignedOff, At = StoreUnderTest.Start, ById = Mina });

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Ct));
    }

    [Theory, ClassData<BothStores>]
    public async Task Nobody_signs_without_being_asked_for_again(StoreKind kind)
    {
        await using var store = await WithPeopleAsync(kind);
        await HeldAsync(store);
        await using var db = store.Open();
        var book = new SignOffBook(db, new LineBook(db, LabDefault.Policy), new LiveFeed(), new LogBell(), TimeProvider.System);

        foreach (var confirmed in new[] { null, new Confirmed(Elif, "password") })
            await Assert.ThrowsAsync<SetupException>(async () => await book.DecideAsync(Viewer(Mina, Roles.Mentor), Line, new NewDecision(DecisionKind.SignedOff, "", await SeenAsync(store), confirmed), Ct));
    }

    private static Viewer Viewer(Guid person, string role) => new(person, "", role);

    private static async Task<bool> TriesAsync(StoreUnderTest store, string seen)
    {
        try
        {
            await DecideAsync(store, DecisionKind.SignedOff, seen);
            return true;
        }
        catch (SetupException)
        {
            return false;
        }
    }

    private static async Task DecideAsync(StoreUnderTest store, DecisionKind wanted, string seen)
    {
        await using var db = store.Open();
        var book = new SignOffBook(db, new LineBook(db, LabDefault.Policy), new LiveFeed(), new LogBell(), TimeProvider.System);
        await book.DecideAsync(Viewer(Mina, Roles.Mentor), Line, new NewDecision(wanted, "words that are long enough", seen, new Confirmed(Mina, "password")), Ct);
    }

    private static Task<string> SeenAsync(StoreUnderTest store) => store.AskAsync(async db => (await new LineBook(db, LabDefault.Policy).ReadAsync(Elif, Ct)).Basis(Line).Digest());

    private static async Task<StoreUnderTest> WithPeopleAsync(StoreKind kind)
    {
        var store = await StoreUnderTest.CreateAsync(kind);
        await store.PersonAsync(Elif, "elif", Roles.Apprentice);
        await store.PersonAsync(Mina, "mina", Roles.Mentor);
        return store;
    }

    private static async Task<Guid> HeldAsync(StoreUnderTest store)
    {
        var device = await store.EnrolAsync();
        await using var db = store.Open();
        var item = new StoredEvidence
        {
            Id = Guid.NewGuid(), DeviceId = device.Id, PersonId = Elif, Line = "1.3", Act = "account.added", Target = "noor", State = EvidenceState.Held, Grade = Grade.E2, GradeReason = "", After = "the account noor",
            ReportId = 1, ChangedAt = StoreUnderTest.Start, NotedAt = StoreUnderTest.Start, StateSince = StoreUnderTest.Start.AddDays(1),
        };
        db.Evidence.Add(item);
        await db.SaveChangesAsync(Ct);
        return item.Id;
    }
}
