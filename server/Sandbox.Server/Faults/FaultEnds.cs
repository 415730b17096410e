using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Sandbox.Storage;
using Sandbox.Storage.Faults;

namespace Sandbox.Server.Faults;

/// <summary>How seeded faults end, with what the log then says of them. Callers save and commit.</summary>
internal static class FaultEnds
{
    /// <summary>Withdraws those that are not over. One that was never due, so that no device was told of it, is over with that.</summary>
    public static async Task WithdrawFaultAsync(this SandboxDb db, Expression<Func<SeededFault, bool>> which, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var fault in await db.SeededFaults.Where(which).Where(f => f.SettledAt == null && f.WithdrawnAt == null).ToListAsync(ct))
        {
            fault.WithdrawnAt = now;
            if (fault.State == SeededState.Planned && fault.DueAt > now) await db.EndSilentAsync(fault, now, ct);
        }
    }

    /// <summary>Ends one of which nothing more is to be heard.</summary>
    public static Task EndSilentAsync(this SandboxDb db, SeededFault fault, DateTimeOffset now, CancellationToken ct) => fault switch
    {
        { AppliedAt: not null } => db.EndAsync(fault, SeededState.Undone, "its window is over, and the device did not say how it stands since", now, now, ct),
        { WithdrawnAt: not null } => db.EndAsync(fault, SeededState.Lapsed, "it was withdrawn before it was applied", now, now, ct),
        _ => db.EndAsync(fault, SeededState.Lapsed, "its window is over, and the device never said that it was applied", now, now, ct),
    };

    /// <summary>Ends one, and adds to the log all of it with its times.</summary>
    public static async Task EndAsync(this SandboxDb db, SeededFault fault, SeededState state, string? why, DateTimeOffset at, DateTimeOffset now, CancellationToken ct)
    {
        (fault.State, fault.Why, fault.SettledAt) = (state, why, at);
        if (fault.AppliedAt is { } applied)
        {
            db.LogEntries.Add(FaultEntry.Of(fault, "applied", applied, fault.What is null ? null : $"{fault.Place}: {fault.What}", now));
            var found = await db.Guesses.AsNoTracking().Where(g => g.AssignmentId == fault.AssignmentId && g.At >= applied).OrderBy(g => g.At).FirstOrDefaultAsync(ct);
            if (found is not null) db.LogEntries.Add(FaultEntry.Of(fault, "found", found.At, found.Words, now));
        }

        db.LogEntries.Add(FaultEntry.Of(fault, state.ToString().ToLowerInvariant(), at, why, now));
    }
}
