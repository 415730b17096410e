using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Crediting;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Live;
using Sandbox.Storage.Faults;
using Sandbox.Tests.Storage.Conformance;
using ServerBook = Sandbox.Server.Faults.FaultBook;

namespace Sandbox.Tests.SeededFaults;

/// <summary>What the server keeps of seeded faults, on both stores.</summary>
public sealed class BookOfFaults
{
    private static readonly Guid Elif = Guid.NewGuid();
    private static readonly DateTimeOffset Now = StoreUnderTest.Start;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData<BothStores>]
    public async Task From_applied_to_repaired_it_is_timed_by_the_servers_clock_and_logged_when_it_is_over(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (device, fault) = await PlannedAsync(store);
        var ahead = TimeSpan.FromHours(3);

        await TakeAsync(store, device, SeededRows.Says(fault, FaultState.Applied, Now.AddMinutes(5) + ahead), Now.AddMinutes(6), ahead);
        Assert.Empty(await SaidAsync(store));
        await TakeAsync(store, device, SeededRows.Says(fault, FaultState.Repaired, Now.AddMinutes(50) + ahead), Now.AddMinutes(51), ahead);

        var kept = await OneAsync(store);
        Assert.Equal((SeededState.Repaired, Now.AddMinutes(5), Now.AddMinutes(50), "games"), (kept.State, kept.AppliedAt!.Value, kept.SettledAt!.Value, kept.What));
        Assert.Equal([("applied", Now.AddMinutes(5)), ("repaired", Now.AddMinutes(50))], (await SaidAsync(store)).Select(said => (said.Said, said.HappenedAt.ToDateTimeOffset())));
    }

    [Theory, ClassData<BothStores>]
    public async Task The_same_again_and_what_comes_after_the_end_change_nothing(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (device, fault) = await PlannedAsync(store);
        await TakeAsync(store, device, SeededRows.Says(fault, FaultState.Applied, Now), Now);
        await TakeAsync(store, device, SeededRows.Says(fault, FaultState.Undone, Now.AddMinutes(9), FaultUndoCause.ServerAway), Now.AddMinutes(9));

        foreach (var state in new[] { FaultState.Undone, FaultState.Repaired, FaultState.Applied, FaultState.Refused, FaultState.Prepared, (FaultState)99 })
            await TakeAsync(store, device, SeededRows.Says(fault, state, Now.AddMinutes(20)), Now.AddMinutes(20));

        var kept = await OneAsync(store);
        Assert.Equal((SeededState.Undone, Now.AddMinutes(9), "the server was away for too long"), (kept.State, kept.SettledAt!.Value, kept.Why));
        Assert.Equal(["applied", "undone"], (await SaidAsync(store)).Select(said => said.Said));
    }

    [Theory, ClassData<BothStores>]
    public async Task Another_device_says_nothing_of_it(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (_, fault) = await PlannedAsync(store);
        var other = await store.EnrolAsync();

        await TakeAsync(store, other.Id, SeededRows.Says(fault, FaultState.Repaired, Now), Now);
        await TakeAsync(store, other.Id, new FaultEvent { State = FaultState.Repaired }, Now);

        Assert.Equal(SeededState.Planned, (await OneAsync(store)).State);
    }

    [Theory, ClassData<BothStores>]
    public async Task A_clock_that_is_wrong_puts_nothing_before_its_time_or_into_the_future(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (device, fault) = await PlannedAsync(store);

        await TakeAsync(store, device, SeededRows.Says(fault, FaultState.Applied, Now.AddYears(-5)), Now.AddMinutes(1));
        await TakeAsync(store, device, SeededRows.Says(fault, FaultState.Repaired, Now.AddYears(5)), Now.AddMinutes(2));

        var kept = await OneAsync(store);
        Assert.Equal((Now, Now.AddMinutes(2)), (kept.AppliedAt!.Value, kept.SettledAt!.Value));
    }

    [Theory, ClassData<BothStores>]
    public async Task A_device_that_no_longer_allows_it_is_offered_no_more(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (device, fault) = await PlannedAsync(store);

        await TakeAsync(store, device, new FaultEvent { Id = SeededRows.Id(fault), State = FaultState.Refused, Refusal = FaultRefusal.NotAllowed, Words = "the owner\0 took it back" }, Now);

        Assert.Equal((SeededState.Refused, "the owner\uFFFD took it back"), await OneAsync(store) is var kept ? (kept.State, kept.Why) : default);
        Assert.False(await store.AskAsync(db => db.Devices.Select(d => d.FaultsAllowed).SingleAsync(Ct)));
        Assert.Equal(["refused"], (await SaidAsync(store)).Select(said => said.Said));
    }

    [Theory, ClassData<BothStores>]
    public async Task What_the_apprentice_found_after_it_was_applied_stands_in_the_log_with_its_time(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (device, fault) = await PlannedAsync(store);
        await TakeAsync(store, device, SeededRows.Says(fault, FaultState.Applied, Now.AddMinutes(5)), Now.AddMinutes(5));
        await using (var db = store.Open())
        {
            foreach (var minute in new[] { 1, 30, 40 }) db.Guesses.Add(new Guess { Id = Guid.NewGuid(), AssignmentId = fault.AssignmentId, At = Now.AddMinutes(minute), Words = $"guess of {minute}" });
            await db.SaveChangesAsync(Ct);
        }

        await TakeAsync(store, device, SeededRows.Says(fault, FaultState.Repaired, Now.AddMinutes(50)), Now.AddMinutes(50));

        Assert.Equal([("applied", "sudo: games"), ("found", "guess of 30"), ("repaired", "")], (await SaidAsync(store)).Select(said => (said.Said, said.Words)));
    }

    [Theory, ClassData<BothStores>]
    public async Task Orders_are_due_from_their_time_to_their_end_and_until_they_are_settled(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (device, fault) = await PlannedAsync(store, TimeSpan.FromHours(2));

        Assert.Empty(await DueAsync(store, Now.AddHours(2).AddSeconds(-1)));
        Assert.Equal((device, FaultName.RightsExcess, SeededRows.Id(fault)), Assert.Single(await DueAsync(store, Now.AddHours(2))) is var (to, order) ? (to, order.FaultOrder.Fault, order.FaultOrder.Id) : default);
        Assert.Empty(await DueAsync(store, Now.AddDays(1)));
        await TakeAsync(store, device, SeededRows.Says(fault, FaultState.Undone, Now), Now.AddHours(3));
        Assert.Empty(await DueAsync(store, Now.AddHours(3)));
    }

    [Theory, ClassData<BothStores>]
    public async Task Crediting_hears_of_what_was_applied_and_what_became_of_it(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (device, fault) = await PlannedAsync(store);
        Assert.Empty(await OfAsync(store, device));

        await TakeAsync(store, device, SeededRows.Says(fault, FaultState.Applied, Now), Now);
        Assert.Equal([new Seeded(fault.Id, FaultName.RightsExcess, "sudo", "games", Now, SeededEnd.None)], await OfAsync(store, device));
        await TakeAsync(store, device, SeededRows.Says(fault, FaultState.Repaired, Now.AddHours(1)), Now.AddHours(1));
        Assert.Equal(SeededEnd.Repaired, Assert.Single(await OfAsync(store, device)).End);
    }

    [Theory, ClassData<BothStores>]
    public async Task A_clock_at_either_end_of_time_is_taken_as_well(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (device, fault) = await PlannedAsync(store);
        var (first, last) = (DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue.AddDays(-1));

        await TakeAsync(store, device, SeededRows.Says(fault, FaultState.Applied, first), Now.AddMinutes(1), last - Now);
        await TakeAsync(store, device, SeededRows.Says(fault, FaultState.Repaired, last), Now.AddMinutes(2), first - Now);

        var kept = await OneAsync(store);
        Assert.Equal((Now, Now.AddMinutes(2)), (kept.AppliedAt!.Value, kept.SettledAt!.Value));
    }

    [Theory, ClassData<BothStores>]
    public async Task A_repair_does_not_choose_what_it_repaired(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (device, fault) = await PlannedAsync(store);

        await TakeAsync(store, device, SeededRows.Says(fault, FaultState.Applied, Now), Now);
        await TakeAsync(store, device, SeededRows.Says(fault, FaultState.Repaired, Now, place: "wheel", seeded: "irc"), Now);

        Assert.Equal(("sudo", "games"), await OneAsync(store) is var kept ? (kept.Place, kept.What) : default);
    }

    [Theory, ClassData<BothStores>]
    public async Task A_right_that_the_helper_can_never_have_given_is_not_believed(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (device, fault) = await PlannedAsync(store);

        await TakeAsync(store, device, SeededRows.Says(fault, FaultState.Applied, Now, seeded: "elif"), Now);
        await TakeAsync(store, device, SeededRows.Says(fault, FaultState.Repaired, Now), Now);

        Assert.Equal(("", "", SeededEnd.Repaired), Assert.Single(await OfAsync(store, device)) is var one ? (one.Place, one.What, one.End) : default);
    }

    [Theory, ClassData<BothStores>]
    public async Task Before_it_is_over_only_those_hear_of_it_who_see_everything(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (device, fault) = await PlannedAsync(store);
        var feed = new LiveFeed();
        using var heard = feed.Subscribe();

        await TakeAsync(store, device, SeededRows.Says(fault, FaultState.Applied, Now), Now, feed: feed);
        await TakeAsync(store, device, SeededRows.Says(fault, FaultState.Repaired, Now), Now, feed: feed);

        var both = await heard.ReadAsync(Ct).Take(2).ToListAsync(Ct);
        Assert.Equal([(null, null), (device, Elif)], both.Select(one => (one.Device, one.Person)));
    }

    [Theory, ClassData<BothStores>]
    public async Task One_of_which_nothing_is_heard_ends_an_hour_after_its_window(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (device, fault) = await PlannedAsync(store);
        var over = fault.Until + SeededFault.Patience;

        Assert.Empty(await EndSilentAsync(store, over.AddSeconds(-1)));
        Assert.Equal([device], await EndSilentAsync(store, over));
        Assert.Empty(await EndSilentAsync(store, over));
        await TakeAsync(store, device, SeededRows.Says(fault, FaultState.Applied, Now), over);

        Assert.Equal((SeededState.Lapsed, over), await OneAsync(store) is var kept ? (kept.State, kept.SettledAt!.Value) : default);
        Assert.Equal([("lapsed", "its window is over, and the device never said that it was applied")], (await SaidAsync(store)).Select(said => (said.Said, said.Words)));
    }

    [Theory, ClassData<BothStores>]
    public async Task One_that_was_applied_and_then_not_heard_of_was_nobodys_repair(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (device, fault) = await PlannedAsync(store);
        await TakeAsync(store, device, SeededRows.Says(fault, FaultState.Applied, Now), Now);

        await EndSilentAsync(store, fault.Until + SeededFault.Patience);

        Assert.Equal(SeededEnd.Undone, Assert.Single(await OfAsync(store, device)).End);
        Assert.Equal(["applied", "undone"], (await SaidAsync(store)).Select(said => said.Said));
    }

    [Theory, ClassData<BothStores>]
    public async Task One_that_was_withdrawn_before_any_device_said_that_it_was_applied_ends_an_hour_later(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        await PlannedAsync(store);
        await store.AskAsync(db => db.SeededFaults.ExecuteUpdateAsync(set => set.SetProperty(f => f.WithdrawnAt, Now), Ct));

        Assert.Empty(await EndSilentAsync(store, Now.AddMinutes(59)));
        Assert.Single(await EndSilentAsync(store, Now.AddHours(1)));

        Assert.Equal("it was withdrawn before it was applied", (await OneAsync(store)).Why);
    }

    private static async Task<(DeviceId Device, SeededFault Fault)> PlannedAsync(StoreUnderTest store, TimeSpan? dueIn = null)
    {
        var device = await store.EnrolAsync(row => row.FaultsAllowed = true);
        await using var db = store.Open();
        return (device.Id, await SeededRows.PlanAsync(db, device.Id, Elif, Now, dueIn));
    }

    private static async Task TakeAsync(StoreUnderTest store, DeviceId device, FaultEvent said, DateTimeOffset now, TimeSpan ahead = default, LiveFeed? feed = null)
    {
        await using var db = store.Open();
        await Book(db, now, feed).TakeAsync(device, said, ahead, Ct);
    }

    private static Task<IReadOnlyList<DeviceId>> EndSilentAsync(StoreUnderTest store, DateTimeOffset now) => store.AskAsync(db => Book(db, now).EndSilentAsync(Ct));

    private static Task<IReadOnlyList<(DeviceId Device, ServerMessage Order)>> DueAsync(StoreUnderTest store, DateTimeOffset now) => store.AskAsync(db => Book(db, now).DueAsync(Ct));

    private static Task<IReadOnlyList<Seeded>> OfAsync(StoreUnderTest store, DeviceId device) => store.AskAsync(db => Book(db, Now).OfAsync(device, Ct));

    private static ServerBook Book(Sandbox.Storage.SandboxDb db, DateTimeOffset now, LiveFeed? feed = null) => new(db, feed ?? new LiveFeed(), new LogBell(), new Microsoft.Extensions.Time.Testing.FakeTimeProvider(now));

    private static Task<SeededFault> OneAsync(StoreUnderTest store) => store.AskAsync(db => db.SeededFaults.AsNoTracking().SingleAsync(Ct));

    private static Task<IReadOnlyList<FaultSaid>> SaidAsync(StoreUnderTest store) => store.AskAsync<IReadOnlyList<FaultSaid>>(async db =>
        [.. (await db.LogEntries.AsNoTracking().Where(e => e.Kind == EntryKind.Fault).OrderBy(e => e.Id).Select(e => e.Body!).ToListAsync(Ct)).Select(body => LogBody.Parser.ParseFrom(body).FaultSaid)]);
}
