using Microsoft.EntityFrameworkCore;
using Sandbox.Storage;
using Sandbox.Storage.Retention;

namespace Sandbox.Server.Retention;

/// <summary>Programmes, and how long each keeps records. Each change of that is an entry of the log, and moves the day for everybody who is in it.</summary>
internal sealed class ProgrammeBook(SandboxDb db, TimeProvider time)
{
    private const int LongestName = 100;

    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<ProgrammeEntry>> ListAsync(CancellationToken ct)
    {
        var said = await db.KeptRecords.AsNoTracking().GroupBy(x => x.ProgrammeId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(x => x.Key, x => x.Count, ct);
        var unsaid = await db.Apprentices.CountAsync(person => !db.KeptRecords.Any(x => x.PersonId == person.Id), ct);
        var all = await db.Programmes.AsNoTracking().OrderBy(x => x.Name).ToListAsync(ct);
        return [.. all.Select(x => new ProgrammeEntry(x.Id, x.Name, x.YearsKept, said.GetValueOrDefault(x.Id) + (x.Id == Programme.FirstId ? unsaid : 0)))];
    }

    /// <summary>Adds one.</summary>
    /// <exception cref="SetupException">The name is taken or cannot be one, or the years cannot be.</exception>
    public async Task AddAsync(string name, int years, CancellationToken ct)
    {
        var programme = new Programme { Id = Guid.NewGuid(), Name = Name(name), YearsKept = Years(years) };
        await using var all = await db.Database.BeginTransactionAsync(ct);
        if ((await db.Programmes.Select(x => x.Name).ToListAsync(ct)).Contains(programme.Name, StringComparer.OrdinalIgnoreCase))
            throw new SetupException($"There is already a programme called {programme.Name}. Other years for it: sandbox-server programmes set \"{programme.Name}\" --years {years}");
        db.Programmes.Add(programme);
        await SayAsync(programme, ct);
        await all.CommitAsync(ct);
    }

    /// <summary>Says how long one keeps records from now on, of those who left it long ago as well.</summary>
    /// <returns>Whether that changed anything.</returns>
    /// <exception cref="SetupException">It is not there, or the years cannot be.</exception>
    public async Task<bool> SetAsync(Guid id, int years, CancellationToken ct)
    {
        await using var all = await db.Database.BeginTransactionAsync(ct);
        var programme = await db.Programmes.SingleOrDefaultAsync(x => x.Id == id, ct) ?? throw new SetupException("That programme is not there any more.");
        if (programme.YearsKept == Years(years)) return false;
        programme.YearsKept = years;
        await SayAsync(programme, ct);
        await all.CommitAsync(ct);
        return true;
    }

    private async Task SayAsync(Programme programme, CancellationToken ct)
    {
        db.LogEntries.Add(RetentionEntry.Of(programme, time.GetUtcNow(), by: null));
        await db.SaveChangesAsync(ct);
    }

    private static string Name(string typed) => StorableText.Of(typed.Trim()) is { Length: > 0 and <= LongestName } name && !name.Any(char.IsControl)
        ? name
        : throw new SetupException($"A programme's name has 1 to {LongestName} printable characters.");

    private static int Years(int years) => years is >= 1 and <= Programme.MostYears
        ? years
        : throw new SetupException($"A record is kept for 1 to {Programme.MostYears} years after its apprentice left, not for {years}.");
}

/// <summary>A programme as lists show it.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="YearsKept">How many years it keeps a record after its apprentice left.</param>
/// <param name="People">How many are or were in it.</param>
internal sealed record ProgrammeEntry(Guid Id, string Name, int YearsKept, int People);
