using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sandbox.Storage;

namespace Sandbox.Server.People;

/// <summary>When somebody last signed in. It lies among Identity's values of a person, which need no column of their own.</summary>
internal sealed class LastSignIns(SandboxDb db, TimeProvider time)
{
    private const string Provider = "sandbox";
    private const string Name = "last-sign-in";

    /// <summary>Notes that it was now.</summary>
    public async Task NoteAsync(Guid person, CancellationToken ct)
    {
        var now = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        var known = await db.UserTokens.Where(t => t.UserId == person && t.LoginProvider == Provider && t.Name == Name)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.Value, now), ct);
        if (known > 0) return;
        db.UserTokens.Add(new IdentityUserToken<Guid> { UserId = person, LoginProvider = Provider, Name = Name, Value = now });
        await db.SaveChangesAsync(ct);
    }

    /// <summary>All that were noted, by person. Null: what was noted cannot be read.</summary>
    public async Task<IReadOnlyDictionary<Guid, DateTimeOffset?>> AllAsync(CancellationToken ct)
    {
        var noted = await db.UserTokens.AsNoTracking().Where(t => t.LoginProvider == Provider && t.Name == Name).ToListAsync(ct);
        return noted.ToDictionary(t => t.UserId, t => DateTimeOffset.TryParse(t.Value, CultureInfo.InvariantCulture, out var at) ? at : (DateTimeOffset?)null);
    }
}
