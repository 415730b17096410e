using Microsoft.EntityFrameworkCore;
using Sandbox.Storage;

namespace Sandbox.Server.People;

/// <summary>What somebody is now, read from the store: a session may be a minute behind.</summary>
/// <param name="Role">Their role. Empty: none, or there is no such person.</param>
/// <param name="Name">The name that pages show.</param>
/// <param name="IsLocked">Whether an admin locked them out.</param>
internal sealed record Standing(string Role, string Name, bool IsLocked)
{
    /// <summary>Reads it.</summary>
    public static async Task<Standing> OfAsync(SandboxDb db, Guid id, CancellationToken ct)
    {
        if (await db.Users.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, ct) is not { } person) return new Standing("", "", true);
        return new Standing(await db.RoleOfAsync(id, ct) ?? "", person.DisplayName.Length > 0 ? person.DisplayName : person.UserName ?? "", person.IsLockedForGood());
    }
}
