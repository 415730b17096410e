using Microsoft.EntityFrameworkCore;
using Sandbox.Server.People;
using Sandbox.Storage;
using Sandbox.Storage.Log;
using Sandbox.Storage.People;

namespace Sandbox.Server.Api;

/// <summary>Who stands behind a token at this moment, and what they may see.</summary>
internal sealed class TokenDoor(IDbContextFactory<SandboxDb> store, LookUps looks, TimeProvider time)
{
    // A use is written down no more often than this: a program that asks each second would write each second.
    private static readonly TimeSpan NotedEach = TimeSpan.FromMinutes(1);

    /// <summary>Finds out, and notes that it was used.</summary>
    /// <returns>The token and its person. Null: it is no token, unknown, over or taken back, or its person is locked or has no role.</returns>
    public async Task<(Guid Token, Viewer Viewer)?> AdmitAsync(string text, CancellationToken ct)
    {
        if (TokenText.Hash(text) is not { } hash) return null;
        await using var db = await store.CreateDbContextAsync(ct);
        var found = await db.ApiTokens.AsNoTracking().SingleOrDefaultAsync(x => x.TokenHash == hash, ct);
        if (found is null || await ViewerAsync(db, found, ct) is not { } viewer) return null;
        var (now, before) = (time.GetUtcNow(), time.GetUtcNow() - NotedEach);
        if (found.UsedAt is null || found.UsedAt <= before)
            await db.ApiTokens.Where(x => x.Id == found.Id && (x.UsedAt == null || x.UsedAt <= before)).ExecuteUpdateAsync(set => set.SetProperty(x => x.UsedAt, now), ct);
        return (found.Id, viewer);
    }

    /// <summary>What may be read on now; that an auditor reads it is noted first.</summary>
    /// <exception cref="LostRightsException">Nobody stands behind the token any more.</exception>
    public async Task<EntryFilter> LookAsync(Reading reading, CancellationToken ct)
    {
        var viewer = await StillAsync(reading.Token, ct) ?? throw new LostRightsException();
        var filter = reading.Asked.For(viewer);
        await looks.NoteAsync(viewer, reading.Address, filter.Scope.Person, filter.Scope.Device, ct);
        return filter;
    }

    /// <summary>Notes that somebody reads one entry, when they are an auditor.</summary>
    public Task NoteAsync(Viewer viewer, string address, LoggedEntry entry, CancellationToken ct) => looks.NoteAsync(viewer, address, entry.PersonId, entry.DeviceId, ct);

    private async Task<Viewer?> StillAsync(Guid token, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await db.ApiTokens.AsNoTracking().SingleOrDefaultAsync(x => x.Id == token, ct) is { } found ? await ViewerAsync(db, found, ct) : null;
    }

    private async Task<Viewer?> ViewerAsync(SandboxDb db, ApiToken token, CancellationToken ct)
    {
        if (token.RevokedAt is not null || token.ExpiresAt <= time.GetUtcNow()) return null;
        var standing = await Standing.OfAsync(db, token.PersonId, ct);
        return standing is { IsLocked: false, Role.Length: > 0 } ? new Viewer(token.PersonId, standing.Name, standing.Role) : null;
    }
}
