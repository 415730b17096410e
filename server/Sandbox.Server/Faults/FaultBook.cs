using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Server.Live;
using Sandbox.Storage;
using Sandbox.Storage.Faults;

namespace Sandbox.Server.Faults;

/// <summary>
/// How seeded faults stand. The log hears of one when it is over, and then of all of it with its times: its leaves are open to everybody, the apprentice who is to find it included.
/// </summary>
internal sealed class FaultBook(SandboxDb db, LiveFeed feed, LogBell bell, TimeProvider time)
{
    /// <summary>What devices are to be told now: orders that are due and not answered, and what was withdrawn.</summary>
    public async Task<IReadOnlyList<(DeviceId Device, ServerMessage Order)>> DueAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var open = await db.SeededFaults.AsNoTracking().Where(f => f.SettledAt == null && f.DueAt <= now && (f.Until > now || f.WithdrawnAt != null)).ToListAsync(ct);
        return [.. open.Select(one => (one.DeviceId, Order(one)))];
    }

    /// <summary>Takes what a device says of one; what is known already, or is another device's, changes nothing.</summary>
    /// <param name="device">The device.</param>
    /// <param name="said">What it says.</param>
    /// <param name="clockOffset">The device's clock minus the server's.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task TakeAsync(DeviceId device, FaultEvent said, TimeSpan clockOffset, CancellationToken ct)
    {
        if (said.Id.Length != 16) return;
        var (now, id) = (time.GetUtcNow(), new Guid(said.Id.Span, bigEndian: true));
        await using var all = await db.Database.BeginTransactionAsync(ct);
        var fault = await db.SeededFaults.SingleOrDefaultAsync(f => f.Id == id && f.DeviceId == device && f.SettledAt == null, ct);
        if (fault is null || StateOf(said.State) is not { } state || state == fault.State || (state == SeededState.Refused && fault.State == SeededState.Applied)) return;
        var at = Happened(said, clockOffset, fault, now);
        (fault.State, fault.Place, fault.What) = (state, Kept(said.HasPlace, said.Place) ?? fault.Place, Kept(said.HasSeeded, said.Seeded) ?? fault.What);
        if (state == SeededState.Applied) fault.AppliedAt = at;
        else await SettleAsync(fault, said, at, now, ct);
        // What the device itself no longer allows is offered to nobody.
        if (said.Refusal == FaultRefusal.NotAllowed) await db.Devices.Where(d => d.Id == device).ExecuteUpdateAsync(set => set.SetProperty(d => d.FaultsAllowed, false), ct);
        await db.SaveChangesAsync(ct);
        await all.CommitAsync(ct);
        if (fault.SettledAt is not null) bell.Ring();
        feed.Publish(new LiveEvent(device, LiveChange.Line, now) { Person = fault.PersonId });
    }

    /// <summary>Those of a device, for crediting.</summary>
    public async Task<IReadOnlyList<Seeded>> OfAsync(DeviceId device, CancellationToken ct)
    {
        var applied = await db.SeededFaults.AsNoTracking().Where(f => f.DeviceId == device && f.AppliedAt != null).ToListAsync(ct);
        return [.. applied.Select(one => new Seeded(one.Id, one.Fault, one.Place ?? "", one.What ?? "", one.AppliedAt!.Value, EndOf(one.State)) { SettledAt = one.SettledAt })];
    }

    private async Task SettleAsync(SeededFault fault, FaultEvent said, DateTimeOffset at, DateTimeOffset now, CancellationToken ct)
    {
        fault.SettledAt = at;
        fault.Why = fault.State switch { SeededState.Refused => Kept(said.HasWords, said.Words), SeededState.Undone => CauseOf(said.Cause), _ => null };
        // Applied and repaired before the server heard of it; the device tells only how it stands.
        if (fault.State == SeededState.Repaired) fault.AppliedAt ??= fault.DueAt < at ? fault.DueAt : at;
        if (fault.AppliedAt is { } applied)
        {
            db.LogEntries.Add(FaultEntry.Of(fault, "applied", applied, $"{fault.Place}: {fault.What}", now));
            var found = await db.Guesses.AsNoTracking().Where(g => g.AssignmentId == fault.AssignmentId && g.At >= applied).OrderBy(g => g.At).FirstOrDefaultAsync(ct);
            if (found is not null) db.LogEntries.Add(FaultEntry.Of(fault, "found", found.At, found.Words, now));
        }

        db.LogEntries.Add(FaultEntry.Of(fault, fault.State.ToString().ToLowerInvariant(), at, fault.Why, now));
    }

    private static ServerMessage Order(SeededFault fault)
    {
        var id = ByteString.CopyFrom(fault.Id.ToByteArray(bigEndian: true));
        return fault.WithdrawnAt is not null
            ? new ServerMessage { FaultWithdrawn = new FaultWithdrawn { Id = id } }
            : new ServerMessage { FaultOrder = new FaultOrder { Id = id, Fault = fault.Fault, Until = Timestamp.FromDateTimeOffset(fault.Until) } };
    }

    // Neither before it could have been applied nor later than now, whatever the device's clock says.
    private static DateTimeOffset Happened(FaultEvent said, TimeSpan clockOffset, SeededFault fault, DateTimeOffset now)
    {
        if (!Ingest.ReportForm.IsInstant(said.At)) return now;
        var (at, first) = (said.At.ToDateTimeOffset() - clockOffset, fault.AppliedAt ?? fault.DueAt);
        return at > now ? now : at < first ? first : at;
    }

    private static string? Kept(bool has, string words)
    {
        if (!has) return null;
        var kept = StorableText.Of(words);
        return kept.Length > Guess.LongestWords ? kept[..Guess.LongestWords] : kept;
    }

    private static SeededState? StateOf(FaultState said) => said switch
    {
        FaultState.Applied => SeededState.Applied,
        FaultState.Refused => SeededState.Refused,
        FaultState.Undone => SeededState.Undone,
        FaultState.Repaired => SeededState.Repaired,
        _ => null,
    };

    private static SeededEnd EndOf(SeededState state) => state switch { SeededState.Undone => SeededEnd.Undone, SeededState.Repaired => SeededEnd.Repaired, _ => SeededEnd.None };

    private static string CauseOf(FaultUndoCause cause) => cause switch
    {
        FaultUndoCause.WindowOver => "its window was over",
        FaultUndoCause.Withdrawn => "it was withdrawn",
        FaultUndoCause.ServerAway => "the server was away for too long",
        FaultUndoCause.Restarted => "the machine or its helper was started again",
        _ => "the device does not say why",
    };
}
