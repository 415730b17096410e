using Microsoft.EntityFrameworkCore;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Dashboard.Lab;

/// <summary>What was turned away in the last day: the query of the number and of the list behind it.</summary>
internal sealed class RefusalQuery(SandboxDb db, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(1);

    private readonly DateTimeOffset _now = time.GetUtcNow();

    /// <summary>The instant that it holds for.</summary>
    public DateTimeOffset AsOf => _now;

    /// <summary>All of them, unordered.</summary>
    public IQueryable<Refusal> Recent()
    {
        var from = _now - Window;
        return db.Refusals.AsNoTracking().Where(r => r.At > from);
    }

    /// <summary>The newest ones, with the names of their devices.</summary>
    public async Task<IReadOnlyList<(Refusal Refusal, string? Device)>> NewestAsync(int most, CancellationToken ct)
    {
        var rows = await Recent().OrderByDescending(r => r.At).ThenByDescending(r => r.Id).Take(most)
            .Select(r => new { Refusal = r, Device = db.Devices.Where(d => d.Id == r.DeviceId).Select(d => d.Name).FirstOrDefault() }).ToListAsync(ct);
        return [.. rows.Select(r => (r.Refusal, r.Device))];
    }
}
