using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.People;
using Sandbox.Storage;
using Sandbox.Storage.Log;
using Sandbox.Storage.People;

namespace Sandbox.Server.Api;

/// <summary>Tokens of programs that read the evidence log: made, listed, taken back.</summary>
internal sealed class Tokens(SandboxDb db, TimeProvider time)
{
    /// <summary>How long one lives unless it is said, in days.</summary>
    public const int UsualDays = 90;

    /// <summary>How long one may live, in days.</summary>
    public const int MostDays = 366;

    /// <summary>Letters of a name.</summary>
    public const int LongestName = 60;

    /// <summary>Tokens of one person that are good at the same time.</summary>
    public const int MostOfOne = 20;

    /// <summary>Makes one.</summary>
    /// <param name="person">Whose it is.</param>
    /// <param name="name">What it is called in lists.</param>
    /// <param name="days">How long it lives.</param>
    /// <param name="by">Who makes it. Null: the command line.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The token. It can never be read again.</returns>
    /// <exception cref="SetupException">The name or the days cannot be, or there are too many.</exception>
    public async Task<string> MakeAsync(Guid person, string name, int days, Guid? by, CancellationToken ct)
    {
        name = name.Trim();
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl)) throw new SetupException($"Give the token a name of 1 to {LongestName} letters, such as the program that will use it.");
        if (days is < 1 or > MostDays) throw new SetupException($"A token lives 1 to {MostDays} days: give another number.");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Whoever was erased meanwhile gets none.
        if (!await db.Users.AnyAsync(x => x.Id == person, ct)) throw new SetupException("There is no such person any more.");
        var now = time.GetUtcNow();
        if (await Good(now).AnyAsync(x => x.PersonId == person && x.Name == name, ct)) throw new SetupException($"There is a good token '{name}' of this person already: choose another name, or take that one back.");
        if (await Good(now).CountAsync(x => x.PersonId == person, ct) >= MostOfOne) throw new SetupException($"There are {MostOfOne} tokens of this person already: take one back first.");
        var (text, hash) = TokenText.New();
        var token = new ApiToken { Id = Guid.NewGuid(), PersonId = person, Name = name, TokenHash = hash, CreatedAt = now, ExpiresAt = now.AddDays(days) };
        db.ApiTokens.Add(token);
        db.LogEntries.Add(Entry(token, now, by));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return text;
    }

    /// <summary>Takes one back; one that was taken back stays so.</summary>
    /// <param name="id">Which.</param>
    /// <param name="of">Whose it must be. Null: anybody's.</param>
    /// <param name="by">Who takes it back. Null: the command line.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Whether there is such a token.</returns>
    public async Task<bool> RevokeAsync(Guid id, Guid? of, Guid? by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = time.GetUtcNow();
        var token = db.ApiTokens.Where(x => x.Id == id && (of == null || x.PersonId == of));
        if (await token.Where(x => x.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(x => x.RevokedAt, now), ct) == 0) return await token.AnyAsync(ct);
        db.LogEntries.Add(Entry(await token.AsNoTracking().SingleAsync(ct), now, by));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>All of one person, or of everybody, the newest first; those that are over, too.</summary>
    public async Task<IReadOnlyList<TokenRow>> ListAsync(Guid? of, CancellationToken ct) => await (
        from token in db.ApiTokens.AsNoTracking()
        where of == null || token.PersonId == of
        join person in db.Users on token.PersonId equals person.Id
        orderby token.CreatedAt descending, token.Id
        select new TokenRow(token.Id, token.Name, person.UserName!, token.CreatedAt, token.ExpiresAt, token.RevokedAt, token.UsedAt, person.LockoutEnd >= Locks.Forever)).ToListAsync(ct);

    private IQueryable<ApiToken> Good(DateTimeOffset now) => db.ApiTokens.Where(x => x.RevokedAt == null && x.ExpiresAt > now);

    private static LoggedEntry Entry(ApiToken token, DateTimeOffset now, Guid? by)
    {
        var said = new TokenSaid
        {
            Id = LogId.Of(token.Id), PersonId = LogId.Of(token.PersonId), Name = token.Name, ExpiresAt = Timestamp.FromDateTimeOffset(token.ExpiresAt), Revoked = token.RevokedAt is not null,
        };
        if (by is { } who) said.SaidBy = LogId.Of(who);
        return LoggedEntry.New(EntryKind.Token, now, new LogBody { TokenSaid = said }, person: token.PersonId, subject: token.Id);
    }
}

/// <summary>A token as lists show it.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Person">The sign-in name of whose it is.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="RevokedAt">When it was taken back. Null: it was not.</param>
/// <param name="UsedAt">When it was last used, to the minute or so. Null: never.</param>
/// <param name="IsLocked">Whether its person is locked out; it is good again when they are not.</param>
public sealed record TokenRow(Guid Id, string Name, string Person, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? UsedAt, bool IsLocked)
{
    /// <summary>good, over, locked, or taken back.</summary>
    public string State(DateTimeOffset now) => RevokedAt is not null ? "taken back" : ExpiresAt <= now ? "over" : IsLocked ? "locked" : "good";
}
