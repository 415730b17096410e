using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Sandbox.Storage;
using Sandbox.Storage.People;

namespace Sandbox.Server.People;

/// <summary>
/// One-time links: made by commands and mentors, redeemed by the pages /setup and /join. The 16 secret bytes stand only in the link's
/// fragment; the store keeps their SHA-256, so looking a link up compares hashes and tells nothing by its timing.
/// </summary>
internal sealed class Invitations(SandboxDb db, TimeProvider time)
{
    /// <summary>How long the first admin's set-up link lives.</summary>
    public static readonly TimeSpan SetupLife = TimeSpan.FromMinutes(30);

    /// <summary>How long anybody else's link lives.</summary>
    public static readonly TimeSpan JoinLife = TimeSpan.FromDays(7);

    private const int TokenLength = 16;

    /// <summary>Makes a new link for a person; the unused ones from before end.</summary>
    /// <param name="person">Whom it lets in.</param>
    /// <param name="life">How long it lives.</param>
    /// <param name="by">Who makes it. Null: the command line.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The token as 32 hexadecimal digits. It can never be read again.</returns>
    /// <exception cref="SetupException">There is no such person: they were erased.</exception>
    public async Task<string> CreateAsync(Guid person, TimeSpan life, Guid? by, CancellationToken ct)
    {
        var token = RandomNumberGenerator.GetBytes(TokenLength);
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.RequirePersonAsync(person, ct);
        await db.Invitations.Where(x => x.PersonId == person && x.UsedAt == null).ExecuteDeleteAsync(ct);
        db.Invitations.Add(new Invitation
        {
            Id = Guid.NewGuid(), TokenHash = SHA256.HashData(token), PersonId = person, CreatedAt = now, ExpiresAt = now + life,
        });
        db.LogEntries.Add(PeopleEntry.LinkMade(person, now, now + life, by));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Convert.ToHexStringLower(token);
    }

    /// <summary>The invitation of a token that may still be used. Null: unknown, used, or expired by the server's clock.</summary>
    public async Task<Invitation?> FindAsync(string? tokenHex, CancellationToken ct)
    {
        if (Hash(tokenHex) is not { } hash) return null;
        var now = time.GetUtcNow();
        return await db.Invitations.AsNoTracking().SingleOrDefaultAsync(x => x.TokenHash == hash && x.UsedAt == null && x.ExpiresAt > now, ct);
    }

    /// <summary>
    /// Uses a link up and does what it is for, both or neither: of two at once, one wins. Stores that share this scope's
    /// <see cref="SandboxDb"/>, such as UserManager's, take part in the transaction.
    /// </summary>
    /// <param name="tokenHex">What stood in the fragment.</param>
    /// <param name="accept">Sets the password; false undoes everything, and the link can be used again.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Whether the link was good and <paramref name="accept"/> said yes.</returns>
    public async Task<bool> RedeemAsync(string? tokenHex, Func<Invitation, Task<bool>> accept, CancellationToken ct)
    {
        if (Hash(tokenHex) is not { } hash) return false;
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var claimed = await db.Invitations.Where(x => x.TokenHash == hash && x.UsedAt == null && x.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.UsedAt, now), ct);
        if (claimed == 0) return false;
        var invitation = await db.Invitations.AsNoTracking().SingleAsync(x => x.TokenHash == hash, ct);
        if (!await accept(invitation)) return false;
        db.LogEntries.Add(PeopleEntry.LinkUsed(invitation.PersonId, now));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private static byte[]? Hash(string? tokenHex)
    {
        var token = new byte[TokenLength];
        var ok = tokenHex is { Length: 2 * TokenLength } && Convert.FromHexString(tokenHex, token, out _, out _) == System.Buffers.OperationStatus.Done;
        return ok ? SHA256.HashData(token) : null;
    }
}
