using Microsoft.EntityFrameworkCore;
using Sandbox.Storage;

namespace Sandbox.Server.Retention;

/// <summary>The rows that a person's record is made of, beside the log: what is counted before an erasure, and goes with it.</summary>
internal sealed class PersonRows(SandboxDb db)
{
    /// <summary>What there is of it.</summary>
    public async Task<RowCounts> CountAsync(Guid person, CancellationToken ct) => new(
        await db.Evidence.CountAsync(x => x.PersonId == person || x.NamedPersonId == person, ct),
        await db.SignOffs.CountAsync(x => x.PersonId == person, ct),
        await db.LearningRecords.CountAsync(x => x.PersonId == person, ct),
        await db.Assignments.CountAsync(x => x.PersonId == person, ct),
        await db.HeldAccounts.CountAsync(x => x.PersonId == person, ct),
        await db.Codes.CountAsync(x => x.PersonId == person, ct));

    /// <summary>Deletes them, within a transaction of the caller's. The name with which they sign in goes last, with passwords, passkeys and the like.</summary>
    public async Task DeleteAsync(Guid person, CancellationToken ct)
    {
        await db.Evidence.Where(x => x.PersonId == person || x.NamedPersonId == person).ExecuteDeleteAsync(ct);
        await db.SeenThings.Where(seen => db.SignOffs.Any(x => x.Id == seen.SignOffId && x.PersonId == person)).ExecuteDeleteAsync(ct);
        await db.SignOffs.Where(x => x.PersonId == person).ExecuteDeleteAsync(ct);
        await db.LearningRecords.Where(x => x.PersonId == person).ExecuteDeleteAsync(ct);
        await db.Guesses.Where(guess => db.Assignments.Any(x => x.Id == guess.AssignmentId && x.PersonId == person)).ExecuteDeleteAsync(ct);
        await db.SeededFaults.Where(x => x.PersonId == person).ExecuteDeleteAsync(ct);
        await db.Assignments.Where(x => x.PersonId == person).ExecuteDeleteAsync(ct);
        await db.HeldAccounts.Where(x => x.PersonId == person).ExecuteDeleteAsync(ct);
        await db.Codes.Where(x => x.PersonId == person).ExecuteDeleteAsync(ct);
        await db.Invitations.Where(x => x.PersonId == person).ExecuteDeleteAsync(ct);
        await db.ApiTokens.Where(x => x.PersonId == person).ExecuteDeleteAsync(ct);
        await db.KeptRecords.Where(x => x.PersonId == person).ExecuteDeleteAsync(ct);
        await db.Users.Where(x => x.Id == person).ExecuteDeleteAsync(ct);
    }
}

/// <summary>How many rows of each sort.</summary>
/// <param name="Evidence">Pieces of evidence, those that counted for nobody among them.</param>
/// <param name="Decisions">Decisions about lines of their schedule.</param>
/// <param name="Records">Records of what they did or learnt.</param>
/// <param name="Assignments">Tasks, with the faults that were seeded for them and what was said to be found.</param>
/// <param name="Accounts">Accounts, keys and SIDs by which they were known on machines.</param>
/// <param name="Codes">Join codes.</param>
internal sealed record RowCounts(int Evidence, int Decisions, int Records, int Assignments, int Accounts, int Codes);
