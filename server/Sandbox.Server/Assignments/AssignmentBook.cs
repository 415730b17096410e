using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Evidence.Assignments;
using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Policies;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Faults;
using Sandbox.Server.Live;
using Sandbox.Server.People;
using Sandbox.Server.SignOffs;
using Sandbox.Storage;
using Sandbox.Storage.Assignments;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Faults;
using Sandbox.Storage.Log;
using Sandbox.Storage.People;

namespace Sandbox.Server.Assignments;

/// <summary>Gives tasks, takes them back, and notes that they are done. All of it stands in the evidence log.</summary>
internal sealed class AssignmentBook(SandboxDb db, Policy policy, LiveFeed feed, LogBell bell, TimeProvider time)
{
    /// <summary>Gives a task to each of the apprentices.</summary>
    /// <returns>What was given, in the order of the people.</returns>
    /// <exception cref="SetupException">It cannot be given, with what to do.</exception>
    public async Task<IReadOnlyList<Assignment>> GiveAsync(Viewer by, NewAssignment wanted, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var asked = wanted with { Target = StorableText.Of(wanted.Target.Trim()), Words = NewDecision.Clean(wanted.Words), People = [.. wanted.People.Distinct()] };
        if (asked.Fault(now) is { } fault) throw new SetupException(fault);
        await using var all = await db.Database.BeginTransactionAsync(ct);
        await AllowAsync(by, ct);
        if (await db.Apprentices.CountAsync(person => asked.People.Contains(person.Id), ct) < asked.People.Count) throw new SetupException("Tasks are given to apprentices.");
        if (asked.Device is { } device && !await db.Devices.AnyAsync(d => d.Id == device && d.State == DeviceState.Active, ct)) throw new SetupException("That device is out of service: choose another one, or any.");
        if (asked.Seed is not null && !await db.Devices.AnyAsync(d => d.Id == asked.Device && d.FaultsAllowed, ct)) throw new SetupException("That device's owner allowed no seeded faults when it was enrolled: choose another one, or no fault.");
        var demands = asked.Device is { } on ? policy.For(await db.ScopeAsync(on, ct)) : policy;
        var given = asked.People.Select(person => Row(asked, demands, person, by.PersonId, now)).ToList();
        foreach (var one in given) Say(one, "given", by.PersonId, one.Words, now);
        db.Assignments.AddRange(given);
        if (asked is { Seed: { } seed, Device: { } where }) db.SeededFaults.Add(FaultPlan.New(given[0], where, seed));
        await db.SaveChangesAsync(ct);
        await all.CommitAsync(ct);
        foreach (var one in given) Tell(one, now);
        return given;
    }

    /// <summary>Whose the same task is already, on the same device with the same name, and still open; for a mentor. Null: nobody's.</summary>
    public async Task<string?> AlreadyAsync(NewAssignment asked, CancellationToken ct)
    {
        var (now, target) = (time.GetUtcNow(), StorableText.Of(asked.Target.Trim()));
        var open = db.Assignments.Where(a => asked.People.Contains(a.PersonId) && a.Template == asked.Template.Id && a.DeviceId == asked.Device && (a.Target ?? "") == target && a.CompletedAt == null && a.WithdrawnAt == null && a.Until > now);
        var names = await db.Names.Where(person => open.Any(a => a.PersonId == person.Id)).OrderBy(person => person.Name).Select(person => person.Name).ToListAsync(ct);
        return names.Count == 0 ? null : $"The same assignment is open already for {string.Join(", ", names)}: leave them out, or say below that it is to be given once more.";
    }

    /// <summary>Takes a task back; what was done counts all the same.</summary>
    /// <exception cref="SetupException">It is done, or was taken back already.</exception>
    public async Task WithdrawAsync(Viewer by, Guid id, string typed, CancellationToken ct)
    {
        var (now, words) = (time.GetUtcNow(), NewDecision.Clean(typed));
        if (words.Length > NewAssignment.LongestWords) throw new SetupException($"These are {words.Length} characters; {NewAssignment.LongestWords} is the most.");
        await using var all = await db.Database.BeginTransactionAsync(ct);
        await AllowAsync(by, ct);
        var given = await db.Assignments.SingleOrDefaultAsync(a => a.Id == id && a.CompletedAt == null && a.WithdrawnAt == null, ct) ?? throw new SetupException("It is done, or was taken back already.");
        (given.WithdrawnAt, given.WithdrawnBy, given.WithdrawnWords) = (now, by.PersonId, words.Length == 0 ? null : words);
        await db.WithdrawFaultAsync(f => f.AssignmentId == id, now, ct);
        Say(given, "withdrawn", by.PersonId, given.WithdrawnWords, now);
        await db.SaveChangesAsync(ct);
        await all.CommitAsync(ct);
        Tell(given, now);
    }

    /// <summary>Notes that all of it is true, once.</summary>
    /// <returns>Whether that was news.</returns>
    public async Task<bool> CompleteAsync(Guid id, IReadOnlyList<AssignmentCheck> checks, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var all = await db.Database.BeginTransactionAsync(ct);
        if (await db.Assignments.Where(a => a.Id == id && a.CompletedAt == null && a.WithdrawnAt == null).ExecuteUpdateAsync(set => set.SetProperty(a => a.CompletedAt, now), ct) == 0) return false;
        var given = await db.Assignments.AsNoTracking().SingleAsync(a => a.Id == id, ct);
        // One that is applied stays until it is repaired or its window is over: finding it is the work.
        await db.WithdrawFaultAsync(f => f.AssignmentId == id && f.State == SeededState.Planned, now, ct);
        Say(given, "completed", null, null, now, checks);
        await db.SaveChangesAsync(ct);
        await all.CommitAsync(ct);
        Tell(given, now);
        return true;
    }

    /// <summary>Notes that what made it done was taken back while it could still be done, once.</summary>
    public async Task ReopenAsync(Guid id, IReadOnlyList<AssignmentCheck> checks, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var all = await db.Database.BeginTransactionAsync(ct);
        if (await db.Assignments.Where(a => a.Id == id && a.CompletedAt != null && a.WithdrawnAt == null).ExecuteUpdateAsync(set => set.SetProperty(a => a.CompletedAt, (DateTimeOffset?)null), ct) == 0) return;
        var given = await db.Assignments.AsNoTracking().SingleAsync(a => a.Id == id, ct);
        Say(given, "reopened", null, null, now, checks);
        await db.SaveChangesAsync(ct);
        await all.CommitAsync(ct);
        Tell(given, now);
    }

    /// <summary>Takes back what can be done no more, because the device on which it was to be done is out of service for good.</summary>
    public async Task CloseOnGoneDevicesAsync(Concerned concerned, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var open = concerned.Among(db.Assignments.AsNoTracking()).Where(a => a.CompletedAt == null && a.WithdrawnAt == null && a.Until > now);
        var gone = await (from given in open
                          from device in db.Devices
                          where device.Id == given.DeviceId && (device.State == DeviceState.Retired || device.State == DeviceState.Revoked)
                          select new { given.Id, device.Name, device.State, IsReplaced = device.ReplacedBy != null }).ToListAsync(ct);
        foreach (var one in gone)
            await CloseAsync(one.Id, $"{one.Name} was {(one.IsReplaced ? "replaced by another device" : one.State == DeviceState.Revoked ? "revoked" : "retired")}, so it cannot be done there any more", now, ct);
    }

    private async Task CloseAsync(Guid id, string why, DateTimeOffset now, CancellationToken ct)
    {
        await using var all = await db.Database.BeginTransactionAsync(ct);
        if (await db.Assignments.Where(a => a.Id == id && a.CompletedAt == null && a.WithdrawnAt == null).ExecuteUpdateAsync(set => set.SetProperty(a => a.WithdrawnAt, now).SetProperty(a => a.WithdrawnWords, why), ct) == 0) return;
        var given = await db.Assignments.AsNoTracking().SingleAsync(a => a.Id == id, ct);
        await db.WithdrawFaultAsync(f => f.AssignmentId == id, now, ct);
        Say(given, "withdrawn", null, why, now);
        await db.SaveChangesAsync(ct);
        await all.CommitAsync(ct);
        Tell(given, now);
    }

    private static Assignment Row(NewAssignment asked, Policy demands, Guid person, Guid by, DateTimeOffset now)
    {
        var byRecord = !Crediting.Lines(demands).Contains(asked.Template.Line);
        var demanded = demands.Judge(new DeviceFacts(), now).Findings.Select(finding => finding.Rule).ToHashSet();
        return new Assignment
        {
            Id = Guid.NewGuid(), PersonId = person, Template = asked.Template.Id, Line = asked.Template.Line, Title = asked.Template.Title, DeviceId = asked.Device,
            Target = asked.Target.Length == 0 || asked.Template.Target is null || byRecord ? null : asked.Target,
            // Without a device there is nothing that rules could be asked of.
            Rules = asked.Device is null ? "" : string.Join(' ', (asked.Checks ?? asked.Template.Rules).Where(demanded.Contains).Distinct()),
            ByRecord = byRecord, From = asked.From, Until = asked.Until, Words = asked.Words.Length == 0 ? null : asked.Words, GivenBy = by, GivenAt = now,
        };
    }

    // The session may be a minute behind.
    private async Task AllowAsync(Viewer by, CancellationToken ct)
    {
        if (await Standing.OfAsync(db, by.PersonId, ct) is not { Role: Roles.Mentor, IsLocked: false }) throw new SetupException("Only mentors give tasks and take them back.");
    }

    private void Say(Assignment given, string what, Guid? by, string? words, DateTimeOffset now, IReadOnlyList<AssignmentCheck>? checks = null)
    {
        var said = new AssignmentSaid
        {
            Id = LogId.Of(given.Id), PersonId = LogId.Of(given.PersonId), Line = given.Line, Title = given.Title, What = what, From = Timestamp.FromDateTimeOffset(given.From), Until = Timestamp.FromDateTimeOffset(given.Until),
            Checks = { given.ByRecord ? "record" : "change", given.Task().Rules },
        };
        if (given.DeviceId is { } device) said.DeviceId = ByteString.CopyFrom(device.ToBytes());
        if (given.Target is { } target) said.Target = target;
        if (words is not null) said.Words = words;
        if (by is { } person) said.SaidBy = LogId.Of(person);
        if (checks is not null) said.Observed.Add(checks.Select(check => check.Observed ?? ""));
        db.LogEntries.Add(LoggedEntry.New(EntryKind.Assignment, now, new LogBody { AssignmentSaid = said }, given.DeviceId, given.PersonId, given.Id));
    }

    private void Tell(Assignment given, DateTimeOffset now)
    {
        bell.Ring();
        feed.Publish(new LiveEvent(given.DeviceId, LiveChange.Line, now) { Person = given.PersonId });
    }
}
