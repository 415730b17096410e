using Microsoft.EntityFrameworkCore;
using Sandbox.Server.Live;
using Sandbox.Storage;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Dashboard.TheLog;

/// <summary>Reads the state of the evidence log and its entries.</summary>
internal sealed class LogReader(SandboxDb db, LogVerifiers verifiers, Witnesses agents, TimeProvider time)
{
    /// <summary>The page that an address asks for; one past the end is the last one.</summary>
    public async Task<LogView> ReadAsync(LogFilter filter, CancellationToken ct)
    {
        var entries = db.LogEntries.AsNoTracking();
        if (filter.Kind is { } kind) entries = entries.Where(e => e.Kind == kind);
        var total = await entries.CountAsync(ct);
        var shown = Math.Min(filter.Page, Math.Max(1, (total + LogView.PageSize - 1) / LogView.PageSize));
        return new LogView
        {
            Head = await db.LogHeads.AsNoTracking().SingleOrDefaultAsync(ct),
            Pending = await db.LogEntries.CountAsync(e => e.LeafIndex == null, ct),
            Keys = [.. verifiers.Keys.Select(key => key.ToString())],
            Witnesses = await db.LogWitnesses.AsNoTracking().OrderBy(witness => witness.Name).ToListAsync(ct),
            ToldDevices = agents.ToldNewest,
            Filter = filter with { Page = shown },
            Rows = await WithDecidersAsync(await Rows(entries.OrderByDescending(e => e.Id).Skip((shown - 1) * LogView.PageSize).Take(LogView.PageSize)).ToListAsync(ct), ct),
            Total = total,
            AsOf = time.GetUtcNow(),
        };
    }

    // Who decided stands in the body alone, which is bytes to the database.
    private async Task<IReadOnlyList<LogRow>> WithDecidersAsync(List<LogRow> rows, CancellationToken ct)
    {
        var said = rows.ConvertAll(row => row with { ById = BodyWords.Read(row.Entry) is { } body ? BodyWords.By(body) : null });
        var ids = said.Select(row => row.ById).OfType<Guid>().Distinct().ToList();
        var names = await db.Names.Where(person => ids.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, ct);
        return said.ConvertAll(row => row.ById is { } by ? row with { By = names.GetValueOrDefault(by) } : row);
    }

    private IQueryable<LogRow> Rows(IQueryable<LoggedEntry> entries) => entries.Select(e => new LogRow(
        e,
        db.Devices.Where(d => d.Id == e.DeviceId).Select(d => d.Name).FirstOrDefault(),
        db.Names.Where(p => p.Id == e.PersonId).Select(p => p.Name).FirstOrDefault()));
}
