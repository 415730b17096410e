using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Assignments;
using Sandbox.Server.Live;
using Sandbox.Server.SignOffs;
using Sandbox.Storage;
using Sandbox.Storage.Faults;

namespace Sandbox.Server.Faults;

/// <summary>What apprentices say to have found. It may be said of every task on a device, so that nobody learns from the page whether something was seeded.</summary>
internal sealed class GuessBook(SandboxDb db, LiveFeed feed, TimeProvider time)
{
    /// <summary>Most that is taken for one task: who tries everything has found nothing.</summary>
    public const int Most = 20;

    /// <summary>Notes it, with its time.</summary>
    /// <param name="person">Who says it.</param>
    /// <param name="assignment">The task, which must be this person's.</param>
    /// <param name="typed">In words.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="SetupException">It cannot be taken, with why.</exception>
    public async Task SayAsync(Guid person, Guid assignment, string typed, CancellationToken ct)
    {
        var (now, words) = (time.GetUtcNow(), NewDecision.Clean(typed));
        if (words.Length == 0) throw new SetupException("Say what you found, in a few words.");
        if (words.Length > Guess.LongestWords) throw new SetupException($"These are {words.Length} characters; {Guess.LongestWords} is the most.");
        var given = await db.Assignments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == assignment && a.PersonId == person && a.DeviceId != null, ct);
        if (given is null || AssignmentStates.Of(given.Task(), now) is not (AssignmentStanding.Open or AssignmentStanding.Completed) || now >= given.Until) throw new SetupException("This can be said while the assignment's window is open, by the apprentice who has it.");
        if (await db.Guesses.CountAsync(g => g.AssignmentId == assignment, ct) >= Most) throw new SetupException($"You have said {Most} things already, which is the most.");
        db.Guesses.Add(new Guess { Id = Guid.NewGuid(), AssignmentId = assignment, At = now, Words = words });
        await db.SaveChangesAsync(ct);
        feed.Publish(new LiveEvent(given.DeviceId, LiveChange.Line, now) { Person = person });
    }
}
