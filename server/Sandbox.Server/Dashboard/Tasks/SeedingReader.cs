using Microsoft.EntityFrameworkCore;
using Sandbox.Server.People;
using Sandbox.Storage;
using Sandbox.Storage.Assignments;
using Sandbox.Storage.Faults;

namespace Sandbox.Server.Dashboard.Tasks;

/// <summary>Reads what was seeded for a task: for its apprentice only once it is over, and before that not even that there is something.</summary>
internal sealed class SeedingReader(SandboxDb db, TimeProvider time)
{
    /// <summary>What this person may know of a task that they may see.</summary>
    public async Task<SeedingView> OfAsync(Viewer viewer, Assignment given, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var fault = await db.SeededFaults.AsNoTracking().SingleOrDefaultAsync(f => f.AssignmentId == given.Id, ct);
        var guesses = await db.Guesses.AsNoTracking().Where(g => g.AssignmentId == given.Id).OrderBy(g => g.At).ToListAsync(ct);
        return new SeedingView(guesses, fault is not null && (viewer.SeesEverything || fault.IsOver(now)) ? fault : null, viewer.PersonId == given.PersonId && given.DeviceId is not null && now < given.Until && given.WithdrawnAt is null && now >= given.From);
    }
}

/// <summary>What was found and what was seeded.</summary>
/// <param name="Guesses">What the apprentice said to have found, in the order of time.</param>
/// <param name="Fault">What was seeded. Null: nothing, or this person may not know.</param>
/// <param name="MaySay">Whether this person may say to have found something.</param>
public sealed record SeedingView(IReadOnlyList<Guess> Guesses, SeededFault? Fault, bool MaySay)
{
    /// <summary>The first thing that was said to be found after the fault was applied. Null: none, or it was not applied.</summary>
    public Guess? Found => Fault?.AppliedAt is { } applied ? Guesses.FirstOrDefault(one => one.At >= applied && !(one.At > Fault.SettledAt && Fault.State == SeededState.Undone)) : null;
}
