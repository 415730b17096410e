using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
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
    /// <returns>Whether it was news.</returns>
    public async Task<bool> TakeAsync(DeviceId device, FaultEvent said, TimeSpan clockOffset, CancellationToken ct)
    {
        if (said.Id.Length != 16 || StateOf(said.State) is not { } state) return false;
        var (now, id) = (time.GetUtcNow(), new Guid(said.Id.Span, bigEndian: true));
        // Devices say all of it again with each stream, which need not keep other writers waiting.
        if (await NewsAsync(db.SeededFaults.AsNoTracking(), device, id, state, ct) is null) return false;
        await using var all = await db.Database.BeginTransactionAsync(ct);
        if (await NewsAsync(db.SeededFaults, device, id, state, ct) is not { } fault) return false;
        var at = Happened(said, clockOffset, fault, now);
        // What was seeded is what was said first: a repair does not choose what it repaired.
        if (fault.State == SeededState.Planned) (fault.Place, fault.What) = Changed(fault.Fault, Kept(said.HasPlace, said.Place), Kept(said.HasSeeded, said.Seeded));
        if (state == SeededState.Applied) (fault.State, fault.AppliedAt) = (state, at);
        else await SettleAsync(fault, state, said, at, now, ct);
        // What the device itself no longer allows is offered to nobody.
        if (said.Refusal == FaultRefusal.NotAllowed) await db.Devices.Where(d => d.Id == device).ExecuteUpdateAsync(set => set.SetProperty(d => d.FaultsAllowed, false), ct);
        await db.SaveChangesAsync(ct);
        await all.CommitAsync(ct);
        Tell(fault, now);
        return true;
    }

    /// <summary>Ends those of which nothing more is to be heard: an hour after their window, or after they were withdrawn while no device had said that they were applied.</summary>
    /// <returns>Their devices.</returns>
    public async Task<IReadOnlyList<DeviceId>> EndSilentAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var since = now - SeededFault.Patience;
        var silent = await db.SeededFaults.AsNoTracking().Where(f => f.SettledAt == null && (f.Until <= since || (f.WithdrawnAt <= since && f.State == SeededState.Planned))).Select(f => f.Id).ToListAsync(ct);
        var ended = new List<DeviceId>();
        foreach (var id in silent)
        {
            await using var all = await db.Database.BeginTransactionAsync(ct);
            // Another server may be at it.
            if (await db.SeededFaults.Where(f => f.Id == id && f.SettledAt == null).ExecuteUpdateAsync(set => set.SetProperty(f => f.SettledAt, now), ct) == 0) continue;
            var fault = await db.SeededFaults.SingleAsync(f => f.Id == id, ct);
            await db.EndSilentAsync(fault, now, ct);
            await db.SaveChangesAsync(ct);
            await all.CommitAsync(ct);
            Tell(fault, now);
            ended.Add(fault.DeviceId);
        }

        return ended;
    }

    /// <summary>Those of a device, for crediting.</summary>
    public async Task<IReadOnlyList<Seeded>> OfAsync(DeviceId device, CancellationToken ct)
    {
        var applied = await db.SeededFaults.AsNoTracking().Where(f => f.DeviceId == device && f.AppliedAt != null).ToListAsync(ct);
        return [.. applied.Select(one => new Seeded(one.Id, one.Fault, one.Place ?? "", one.What ?? "", one.AppliedAt!.Value, EndOf(one.State)) { SettledAt = one.SettledAt })];
    }

    private static async Task<SeededFault?> NewsAsync(IQueryable<SeededFault> faults, DeviceId device, Guid id, SeededState said, CancellationToken ct)
    {
        var fault = await faults.SingleOrDefaultAsync(f => f.Id == id && f.DeviceId == device && f.SettledAt == null, ct);
        return fault is null || said == fault.State || (said == SeededState.Refused && fault.State == SeededState.Applied) ? null : fault;
    }

    private Task SettleAsync(SeededFault fault, SeededState state, FaultEvent said, DateTimeOffset at, DateTimeOffset now, CancellationToken ct)
    {
        // Applied and repaired before the server heard of it; the device tells only how it stands.
        if (state == SeededState.Repaired) fault.AppliedAt ??= fault.DueAt < at ? fault.DueAt : at;
        var why = state switch { SeededState.Refused => Kept(said.HasWords, said.Words), SeededState.Undone => CauseOf(said.Cause), _ => null };
        return db.EndAsync(fault, state, why, at, now, ct);
    }

    // Of one that is not over its apprentice hears nothing, not even that something happened: this is for those who see everything.
    private void Tell(SeededFault fault, DateTimeOffset now)
    {
        if (fault.SettledAt is null)
        {
            feed.Publish(new LiveEvent(null, LiveChange.Line, now));
            return;
        }

        bell.Ring();
        feed.Publish(new LiveEvent(fault.DeviceId, LiveChange.Line, now) { Person = fault.PersonId });
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
        var (at, first) = (Instant.SetRight(said.At.ToDateTimeOffset(), clockOffset), fault.AppliedAt ?? fault.DueAt);
        return at > now ? now : at < first ? first : at;
    }

    // Null: nothing, or what the helper can never have changed.
    private static (string? Place, string? What) Changed(FaultName fault, string? place, string? what) =>
        fault == FaultName.RightsExcess && !(ExcessRights.Groups.Contains(place) && ExcessRights.Accounts.Contains(what)) ? (null, null) : (place, what);

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
