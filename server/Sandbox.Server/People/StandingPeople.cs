using Microsoft.EntityFrameworkCore;
using Sandbox.Storage;

namespace Sandbox.Server.People;

/// <summary>Whether a person is still there, for who writes something about them.</summary>
internal static class StandingPeople
{
    /// <summary>Refuses to write about somebody who was erased since they were chosen. Within the transaction that writes: an erasure is before or after all of it.</summary>
    /// <exception cref="SetupException">There is no such person any more.</exception>
    public static async Task RequirePersonAsync(this SandboxDb db, Guid person, CancellationToken ct)
    {
        if (!await db.Users.AnyAsync(x => x.Id == person, ct)) throw new SetupException("There is no such person any more: they were erased.");
    }
}
