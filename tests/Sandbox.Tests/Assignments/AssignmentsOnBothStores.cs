using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Evidence;
using Sandbox.Evidence.Assignments;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Assignments;
using Sandbox.Server.Live;
using Sandbox.Server.People;
using Sandbox.Storage.Assignments;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Faults;
using Sandbox.Storage.People;
using Sandbox.Tests.SeededFaults;
using Sandbox.Tests.Storage.Conformance;

namespace Sandbox.Tests.Assignments;

/// <summary>Tasks on both stores, also when several notice at once that one is done.</summary>
public sealed class AssignmentsOnBothStores
{
    private static readonly Guid Elif = Guid.NewGuid();
    private static readonly Guid Mina = Guid.NewGuid();
    private static readonly FakeTimeProvider Time = new(StoreUnderTest.Start);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData<BothStores>]
    public async Task A_task_is_kept_with_its_device_and_window_and_with_text_that_a_database_refuses(StoreKind kind)
    {
        await using var store = await WithPeopleAsync(kind);
        var device = await store.EnrolAsync();

        var given = await GiveAsync(store, Wanted(target: "train\0ee") with { Device = device.Id, Words = "For\0 the help desk." });

        var kept = await store.AskAsync(db => db.Assignments.SingleAsync(Ct));
        Assert.Equal((device.Id, "train\uFFFDee", "For\uFFFD the help desk.", StoreUnderTest.Start.AddDays(7), Mina), (kept.DeviceId!.Value, kept.Target, kept.Words, kept.Until, kept.GivenBy));
        Assert.Equal(given.Id, kept.Id);
        Assert.Equal(1, await store.AskAsync(db => db.LogEntries.CountAsync(Ct)));
    }

    [Theory, ClassData<BothStores>]
    public async Task Of_many_who_notice_that_it_is_done_one_says_so(StoreKind kind)
    {
        await using var store = await WithPeopleAsync(kind);
        var given = await GiveAsync(store, Wanted());

        var noticed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => InBookAsync(store, book => book.CompleteAsync(given.Id, [], Ct)))));

        Assert.Single(noticed, one => one);
        Assert.Equal(2, await store.AskAsync(db => db.LogEntries.CountAsync(Ct)));
    }

    [Theory, ClassData<BothStores>]
    public async Task What_is_open_already_is_found_by_its_task_device_and_name(StoreKind kind)
    {
        await using var store = await WithPeopleAsync(kind);
        var given = await GiveAsync(store, Wanted(target: "trainee"));

        Assert.Contains("elif", await InBookAsync(store, book => book.AlreadyAsync(Wanted(target: " trainee "), Ct)), StringComparison.Ordinal);
        Assert.Null(await InBookAsync(store, book => book.AlreadyAsync(Wanted(target: "another"), Ct)));
        await InBookAsync(store, book => book.CompleteAsync(given.Id, [], Ct));
        Assert.Null(await InBookAsync(store, book => book.AlreadyAsync(Wanted(target: "trainee"), Ct)));
    }

    [Theory, ClassData<BothStores>]
    public async Task Only_those_whom_a_change_concerns_are_read_and_those_on_gone_devices_are_closed(StoreKind kind)
    {
        await using var store = await WithPeopleAsync(kind);
        var (stays, goes) = (await store.EnrolAsync(), await store.EnrolAsync(row => row.Name = "lab-24"));
        foreach (var device in new[] { stays, goes }) await GiveAsync(store, Wanted() with { Device = device.Id });
        var concerned = new Concerned();
        concerned.Take(new LiveEvent(goes.Id, LiveChange.Device, default));
        await store.AskAsync(db => db.Devices.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, DeviceState.Retired), Ct));

        Assert.Equal([goes.Id], await store.AskAsync(db => concerned.Among(db.Assignments).Select(a => a.DeviceId!.Value).ToListAsync(Ct)));
        await InBookAsync(store, async book =>
        {
            await book.CloseOnGoneDevicesAsync(concerned, Ct);
            return 0;
        });

        var closed = await store.AskAsync(db => db.Assignments.SingleAsync(a => a.WithdrawnAt != null, Ct));
        Assert.Equal((goes.Id, (Guid?)null, "lab-24 was retired, so it cannot be done there any more"), (closed.DeviceId!.Value, closed.WithdrawnBy, closed.WithdrawnWords));
    }

    [Theory, ClassData<BothStores>]
    public async Task What_was_taken_back_is_open_again_and_says_so_once(StoreKind kind)
    {
        await using var store = await WithPeopleAsync(kind);
        var given = await GiveAsync(store, Wanted());
        await InBookAsync(store, book => book.CompleteAsync(given.Id, [], Ct));

        for (var i = 0; i < 2; i++)
            await InBookAsync(store, async book =>
            {
                await book.ReopenAsync(given.Id, [], Ct);
                return 0;
            });

        Assert.Null((await store.AskAsync(db => db.Assignments.SingleAsync(Ct))).CompletedAt);
        Assert.Equal(3, await store.AskAsync(db => db.LogEntries.CountAsync(Ct)));
    }

    [Theory, ClassData<BothStores>]
    public async Task A_task_that_is_done_before_its_fault_was_due_gets_none(StoreKind kind)
    {
        await using var store = await WithPeopleAsync(kind);
        var given = await WithFaultAsync(store, SeededState.Planned, dueIn: TimeSpan.FromHours(1));

        await InBookAsync(store, book => book.CompleteAsync(given, [], Ct));

        var fault = await store.AskAsync(db => db.SeededFaults.SingleAsync(Ct));
        Assert.Equal((SeededState.Lapsed, "it was withdrawn before it was applied", Time.GetUtcNow()), (fault.State, fault.Why, fault.SettledAt!.Value));
        Assert.Equal(1, await store.AskAsync(db => db.LogEntries.CountAsync(e => e.Kind == EntryKind.Fault, Ct)));
    }

    [Theory, ClassData<BothStores>]
    public async Task A_fault_that_is_due_or_applied_when_its_task_is_done_is_not_over_with_it(StoreKind kind)
    {
        await using var store = await WithPeopleAsync(kind);
        var (due, applied) = (await WithFaultAsync(store, SeededState.Planned, TimeSpan.Zero), await WithFaultAsync(store, SeededState.Applied, TimeSpan.Zero));

        foreach (var given in new[] { due, applied }) await InBookAsync(store, book => book.CompleteAsync(given, [], Ct));

        // A device may have the first already, and is told to take it back; to find the second is the work.
        Assert.Equal((Time.GetUtcNow(), (DateTimeOffset?)null), await store.AskAsync(db => db.SeededFaults.SingleAsync(f => f.AssignmentId == due, Ct)) is var one ? (one.WithdrawnAt!.Value, one.SettledAt) : default);
        Assert.Null((await store.AskAsync(db => db.SeededFaults.SingleAsync(f => f.AssignmentId == applied, Ct))).WithdrawnAt);
    }

    [Theory, ClassData<BothStores>]
    public async Task A_device_that_is_gone_takes_the_fault_of_its_task_with_it(StoreKind kind)
    {
        await using var store = await WithPeopleAsync(kind);
        await WithFaultAsync(store, SeededState.Planned, TimeSpan.FromHours(1));
        await store.AskAsync(db => db.Devices.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, DeviceState.Revoked), Ct));

        await InBookAsync(store, async book =>
        {
            await book.CloseOnGoneDevicesAsync(Concerned.Everybody, Ct);
            return 0;
        });

        Assert.Equal(SeededState.Lapsed, (await store.AskAsync(db => db.SeededFaults.SingleAsync(Ct))).State);
    }

    [Theory, ClassData<BothStores>]
    public async Task A_fault_whose_repair_counts_for_no_line_is_done_when_the_apprentice_said_so_after_it_was_there_and_it_is_repaired(StoreKind kind)
    {
        await using var store = await WithPeopleAsync(kind);
        var given = await WithFaultAsync(store, SeededState.Applied, TimeSpan.Zero);
        await store.AskAsync(db => db.SeededFaults.ExecuteUpdateAsync(set => set.SetProperty(f => f.Fault, FaultName.FirewallPortOpened).SetProperty(f => f.AppliedAt, Time.GetUtcNow()), Ct));

        Assert.False(await IsDoneAsync(store, given));
        await SayAsync(store, given, Time.GetUtcNow().AddMinutes(-1));
        await store.AskAsync(db => db.SeededFaults.ExecuteUpdateAsync(set => set.SetProperty(f => f.State, SeededState.Repaired), Ct));
        Assert.False(await IsDoneAsync(store, given));
        await SayAsync(store, given, Time.GetUtcNow());
        Assert.True(await IsDoneAsync(store, given));
        // Of another one it is known who repaired it, or nobody is credited.
        await store.AskAsync(db => db.SeededFaults.ExecuteUpdateAsync(set => set.SetProperty(f => f.Fault, FaultName.RightsExcess), Ct));
        Assert.False(await IsDoneAsync(store, given));
    }

    private static async Task SayAsync(StoreUnderTest store, Guid given, DateTimeOffset at)
    {
        await using var db = store.Open();
        db.Guesses.Add(new Guess { Id = Guid.NewGuid(), AssignmentId = given, At = at, Words = "A port is open." });
        await db.SaveChangesAsync(Ct);
    }

    private static async Task<bool> IsDoneAsync(StoreUnderTest store, Guid given)
    {
        await using var db = store.Open();
        return (await new AssignmentMaterial(db).ChecksAsync(await db.Assignments.AsNoTracking().SingleAsync(a => a.Id == given, Ct), Ct)).All(check => check.IsTrue);
    }

    private static async Task<Guid> WithFaultAsync(StoreUnderTest store, SeededState state, TimeSpan dueIn)
    {
        var device = await store.EnrolAsync();
        await using var db = store.Open();
        var fault = await SeededRows.PlanAsync(db, device.Id, Elif, Time.GetUtcNow(), dueIn);
        fault.State = state;
        await db.SaveChangesAsync(Ct);
        return fault.AssignmentId;
    }

    private static NewAssignment Wanted(string target = "") =>
        new(AssignmentTemplate.Find("user-account")!, [Elif], null, target, StoreUnderTest.Start, StoreUnderTest.Start.AddDays(7), "");

    private static async Task<Assignment> GiveAsync(StoreUnderTest store, NewAssignment wanted) =>
        Assert.Single(await InBookAsync(store, book => book.GiveAsync(new Viewer(Mina, "", Roles.Mentor), wanted, Ct)));

    private static async Task<T> InBookAsync<T>(StoreUnderTest store, Func<AssignmentBook, Task<T>> work)
    {
        await using var db = store.Open();
        return await work(new AssignmentBook(db, LabDefault.Policy, new LiveFeed(), new LogBell(), Time));
    }

    private static async Task<StoreUnderTest> WithPeopleAsync(StoreKind kind)
    {
        var store = await StoreUnderTest.CreateAsync(kind);
        await store.PersonAsync(Elif, "elif", Roles.Apprentice);
        await store.PersonAsync(Mina, "mina", Roles.Mentor);
        return store;
    }
}
