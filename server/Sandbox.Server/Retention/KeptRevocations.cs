using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Record;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Export.Formats.Badges;
using Sandbox.Storage;
using Sandbox.Storage.Retention;

namespace Sandbox.Server.Retention;

/// <summary>
/// What is left of revoked badges when a record is erased. A badge may be out, and without this it would look good again as soon as the salts are gone from
/// which its id comes.
/// </summary>
internal static class KeptRevocations
{
    /// <summary>A person's revoked badges, read within an erasure's transaction and before the salts go.</summary>
    public static async Task<IReadOnlyList<ErasedBadge>> OfAsync(SandboxDb db, Guid person, CancellationToken ct)
    {
        var revoked = new RevokedBadges();
        var entries = ErasurePlan.EntriesOf(db, person).AsNoTracking().Where(x => x.Kind == EntryKind.SignOff).OrderBy(x => x.LeafIndex);
        await foreach (var entry in entries.AsAsyncEnumerable().WithCancellation(ct))
            if (entry is { LeafIndex: { } index, Salt: { } salt, Body: { } body }) revoked.Take(new PlacedEntry(index, entry.At, LogBody.Parser.ParseFrom(body), salt));
        return [.. revoked.Digests.Select(digest => new ErasedBadge { Digest = digest })];
    }
}
