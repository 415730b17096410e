using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Record;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Hosting;
using Sandbox.Storage;

namespace Sandbox.Server.Export.Formats.Badges;

/// <summary>
/// The list of revoked badges of a running server. Each entry of the log is read once, so asking again costs what was logged since then. An erasure takes the
/// entries and leaves what was revoked by them, so a badge that is in the list stays in it.
/// </summary>
internal sealed class RevocationList(IDbContextFactory<SandboxDb> stores, Addresses addresses, ServerSettings settings) : IDisposable
{
    private const int Page = 500;

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly RevokedBadges _revoked = new();
    private long _next;

    /// <summary>The list as JSON.</summary>
    public async Task<byte[]> ReadAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            await using var db = await stores.CreateDbContextAsync(ct);
            while (await PageAsync(db, ct))
            {
            }
            // Read last: what is erased meanwhile was in the entries or is here. Sorted by themselves, they say nothing of the order in which people went.
            var erased = await db.ErasedBadges.AsNoTracking().OrderBy(x => x.Digest).Select(x => x.Digest).ToListAsync(ct);
            // Its address is known since the server listens, and not before.
            return JsonText.Document(RevocationDocument.Of(new Site(addresses.Page(""), settings.LogOrigin), [.. erased, .. _revoked.Digests]));
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<bool> PageAsync(SandboxDb db, CancellationToken ct)
    {
        var from = _next;
        var entries = await db.LogEntries.AsNoTracking().Where(x => x.LeafIndex >= from && x.Kind == EntryKind.SignOff).OrderBy(x => x.LeafIndex).Take(Page).ToListAsync(ct);
        foreach (var entry in entries)
        {
            // What was erased says nothing any more.
            if (entry is { Salt: { } salt, Body: { } body }) _revoked.Take(new PlacedEntry(entry.LeafIndex!.Value, entry.At, LogBody.Parser.ParseFrom(body), salt));
            _next = entry.LeafIndex!.Value + 1;
        }
        return entries.Count == Page;
    }
}
