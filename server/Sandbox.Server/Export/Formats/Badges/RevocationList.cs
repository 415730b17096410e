using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Record;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Hosting;
using Sandbox.Storage;

namespace Sandbox.Server.Export.Formats.Badges;

/// <summary>The list of revoked badges of a running server. Each entry of the log is read once, so asking again costs what was logged since then.</summary>
internal sealed class RevocationList(IDbContextFactory<SandboxDb> stores, Addresses addresses, ServerSettings settings) : IDisposable
{
    private const int Page = 500;

    private readonly SemaphoreSlim _one = new(1, 1);
    private RevokedBadges? _revoked;
    private long _next;

    /// <summary>The list as JSON.</summary>
    public async Task<byte[]> ReadAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            // Not before the server listens: it is then that its address is known.
            _revoked ??= new RevokedBadges(new Site(addresses.Page(""), settings.LogOrigin));
            await using var db = await stores.CreateDbContextAsync(ct);
            while (await PageAsync(db, _revoked, ct))
            {
            }
            return JsonText.Document(_revoked.ToJson());
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<bool> PageAsync(SandboxDb db, RevokedBadges revoked, CancellationToken ct)
    {
        var from = _next;
        var entries = await db.LogEntries.AsNoTracking().Where(x => x.LeafIndex >= from && x.Kind == EntryKind.SignOff).OrderBy(x => x.LeafIndex).Take(Page).ToListAsync(ct);
        foreach (var entry in entries)
        {
            // What was erased says nothing any more.
            if (entry is { Salt: { } salt, Body: { } body }) revoked.Take(new PlacedEntry(entry.LeafIndex!.Value, entry.At, LogBody.Parser.ParseFrom(body), salt));
            _next = entry.LeafIndex!.Value + 1;
        }
        return entries.Count == Page;
    }
}
