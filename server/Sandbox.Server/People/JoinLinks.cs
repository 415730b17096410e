using Microsoft.EntityFrameworkCore;
using Sandbox.Server.Hosting;
using Sandbox.Storage;

namespace Sandbox.Server.People;

/// <summary>Makes one-time links on the running server, with the address that people open.</summary>
internal sealed class JoinLinks(SandboxDb db, Invitations invitations, Addresses addresses)
{
    /// <summary>A new link; older ones of this person end. It can never be read again.</summary>
    /// <exception cref="SetupException">The person is locked: the link would let them in; or they were erased.</exception>
    public async Task<string> NewAsync(Guid person, Guid by, CancellationToken ct)
    {
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.Id == person, ct) is { } one && one.IsLockedForGood())
            throw new SetupException("This person is locked, and a link would let them in: unlock them first.");
        return addresses.Page($"/join#{await invitations.CreateAsync(person, Invitations.JoinLife, by, ct)}");
    }
}
